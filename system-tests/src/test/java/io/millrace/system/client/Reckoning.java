package io.millrace.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Attempt.Fate;
import io.millrace.v1.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what a topic has with what its writers were told. */
public final class Reckoning {
    private static final int EXAMPLES = 10;

    private Reckoning() {}

    /**
     * Fails unless every acknowledged record is where it was said to be and was not changed, none that was refused is there,
     * none is there twice, none came from nowhere, each partition's offsets have no gaps, and each writer's records are in
     * the order in which it sent them.
     */
    public static void check(List<Attempt> attempts, List<Record> found) {
        Map<Integer, SortedMap<Long, String>> logs = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Record record : found) {
            String before = logs.computeIfAbsent(record.getPartition(), _ -> new TreeMap<>())
                    .put(record.getOffset(), record.getValue().toStringUtf8());
            if (before != null) {
                wrong.add("partition " + record.getPartition() + " showed offset " + record.getOffset() + " twice");
            }
        }
        Map<String, Attempt> byValue = new HashMap<>();
        for (Attempt attempt : attempts) {
            byValue.put(attempt.value(), attempt);
            if (attempt.fate() instanceof Fate.Stored(long offset)) {
                String there =
                        logs.getOrDefault(attempt.partition(), new TreeMap<>()).get(offset);
                if (!attempt.value().equals(there)) {
                    wrong.add(attempt.value() + " was acknowledged at offset " + offset + " where there is " + there);
                }
            }
        }
        logs.forEach((partition, log) -> wrong.addAll(checkLog(partition, log, byValue)));
        assertThat(wrong.size() > EXAMPLES ? wrong.subList(0, EXAMPLES) : wrong)
                .as("%d contradictions between what was promised and what is there, the first of them", wrong.size())
                .isEmpty();
    }

    private static List<String> checkLog(int partition, SortedMap<Long, String> log, Map<String, Attempt> byValue) {
        List<String> wrong = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long expected = log.isEmpty() ? 0 : log.firstKey();
        long lastSent = Long.MIN_VALUE;
        for (Map.Entry<Long, String> entry : log.entrySet()) {
            String place = "partition " + partition + " at offset " + entry.getKey();
            String value = entry.getValue();
            if (entry.getKey() != expected) {
                wrong.add(place + " follows a gap from " + expected);
            }
            expected = entry.getKey() + 1;
            if (!seen.add(value)) {
                wrong.add(place + " has " + value + " again");
            }
            Attempt attempt = byValue.get(value);
            if (attempt == null) {
                wrong.add(place + " has " + value + ", which nobody sent");
                continue;
            }
            if (attempt.fate() instanceof Fate.Refused(String why)) {
                wrong.add(place + " has " + value + ", which was refused: " + why);
            }
            if (attempt.sentNanos() < lastSent) {
                wrong.add(place + " has " + value + " behind one that was sent later");
            }
            lastSent = attempt.sentNanos();
        }
        return wrong;
    }
}
