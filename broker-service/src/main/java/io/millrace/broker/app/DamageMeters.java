package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What disks have lost, and how the looking for it gets on. Safe for all threads. */
final class DamageMeters {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<TopicPartition, Integer> ranges = new ConcurrentHashMap<>();
    private final Counter found;
    private final Counter keptAsideBytes;
    private final Counter repaired;
    private final Counter reindexed;
    private final Counter verifiedBytes;
    private final Counter suspicions;
    private final Counter passes;
    private volatile double lastPassSeconds;

    DamageMeters(MeterRegistry registry) {
        found = counter(registry, "log.damage.found", "Damaged ranges of logs that were found");
        keptAsideBytes = counter(registry, "log.quarantined.bytes", "Bytes of logs cut off and kept aside for damage");
        repaired = counter(registry, "log.damage.repaired", "Ranges cut off for damage that the leader has sent again");
        reindexed = counter(registry, "log.reindexed", "Indexes of segments that were damaged and made anew");
        verifiedBytes = counter(registry, "scrub.verified.bytes", "Bytes of logs that the scrubber found intact");
        suspicions = counter(registry, "scrub.suspicions", "Places that looked damaged to the scrubber");
        passes = counter(registry, "scrub.passes", "Passes of the scrubber over all logs");
        Gauge.builder("millrace.log.damaged.ranges", this::known)
                .description("Damaged ranges of logs that are known and not yet cut off and fetched again")
                .register(registry);
        Gauge.builder("millrace.scrub.pass.duration", () -> lastPassSeconds)
                .description("Duration of the last pass of the scrubber, 0 before its end")
                .baseUnit("seconds")
                .register(registry);
    }

    void found() {
        found.increment();
    }

    void known(TopicPartition partition, int count) {
        if (count == 0) {
            ranges.remove(partition);
        } else {
            ranges.put(partition, count);
        }
    }

    void keptAside(long bytes) {
        keptAsideBytes.increment((double) bytes);
    }

    void repaired() {
        repaired.increment();
    }

    void reindexed() {
        reindexed.increment();
    }

    void verified(int bytes) {
        verifiedBytes.increment(bytes);
    }

    void passEnded(int suspicionsInIt, Duration took) {
        passes.increment();
        suspicions.increment(suspicionsInIt);
        lastPassSeconds = took.toNanos() / NANOS_PER_SECOND;
    }

    /** The partitions of which damage is known, by name. */
    List<String> partitions() {
        return ranges.keySet().stream().map(TopicPartition::toString).sorted().toList();
    }

    private int known() {
        return ranges.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("millrace." + name).description(description).register(registry);
    }
}
