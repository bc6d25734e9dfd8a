package io.millrace.cli.produce;

import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.ExitCode;
import io.millrace.cli.stream.AckListener;
import io.millrace.v1.Header;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.RecordError;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what was sent and what became of it. Told by two threads, guarded by its own monitor. */
final class Tally implements AckListener {
    private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
    private boolean begun;
    private long acknowledged;
    private long acknowledgedBytes;
    private long lastLine;
    private long refused;
    private @Nullable String firstRefusal;
    private ExitCode refusalCode = ExitCode.FAILED;

    /** A batch that has no answer yet. */
    private record Sent(long sequence, List<Long> lines, long bytes) {}

    synchronized void sending(long sequence, List<ProducerRecord> records, List<Long> lines) {
        begun = true;
        onTheWay.addLast(new Sent(
                sequence,
                List.copyOf(lines),
                records.stream().mapToLong(Tally::payloadBytes).sum()));
    }

    @Override
    public synchronized void acknowledged(long sequence, List<ProduceResult> results, long nanosOnTheWay) {
        Sent sent = onTheWay.removeFirst();
        if (sent.sequence() != sequence || results.size() != sent.lines().size()) {
            throw new IllegalStateException("The gateway answered batch " + sequence + " with " + results.size()
                    + " results; " + sent.lines().size() + " for batch " + sent.sequence() + " were due.");
        }
        long refusedBefore = refused;
        for (int at = 0; at < results.size(); at++) {
            ProduceResult result = results.get(at);
            if (result.hasError()) {
                refused++;
                if (firstRefusal == null) {
                    firstRefusal = "The record in line " + sent.lines().get(at) + " was not stored: "
                            + result.getError().getMessage();
                    refusalCode = exitCode(result.getError());
                }
            } else {
                acknowledged++;
                lastLine = sent.lines().get(at);
            }
        }
        acknowledgedBytes += refused == refusedBefore ? sent.bytes() : 0;
    }

    /** The failure to end with, when a record was refused. */
    synchronized Optional<CommandFailure> refusal() {
        if (firstRefusal == null) {
            return Optional.empty();
        }
        String end = firstRefusal.endsWith(".") ? "" : ".";
        String more = refused > 1 ? " So were " + (refused - 1) + " others." : "";
        return Optional.of(new CommandFailure(refusalCode, firstRefusal + end + more + soFar()));
    }

    /** What to add to a failure; nothing when nothing was sent before it. */
    synchronized String soFar() {
        if (!begun) {
            return "";
        }
        String last = acknowledged == 0 ? "" : ", the last from line " + lastLine;
        return " " + records(acknowledged) + (acknowledged == 1 ? " was" : " were") + " acknowledged" + last + ".";
    }

    synchronized String sentence(String topic, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s, %,d bytes, in %.2f s to %s (%,.0f records/s).",
                records(acknowledged),
                acknowledgedBytes,
                seconds,
                topic,
                acknowledged / seconds);
    }

    synchronized Map<String, Object> facts(String topic, double seconds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("topic", topic);
        facts.put("records", acknowledged);
        facts.put("bytes", acknowledgedBytes);
        facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
        return facts;
    }

    private static ExitCode exitCode(RecordError error) {
        return switch (error.getKafkaError()) {
            case "UNKNOWN_TOPIC_OR_PARTITION" -> ExitCode.NOT_FOUND;
            case "TOPIC_AUTHORIZATION_FAILED" -> ExitCode.DENIED;
            default -> error.getRetryable() ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        };
    }

    private static String records(long count) {
        return String.format(Locale.ROOT, "%,d record%s", count, count == 1 ? "" : "s");
    }

    private static long payloadBytes(ProducerRecord record) {
        long bytes = (long) record.getKey().size() + record.getValue().size();
        for (Header header : record.getHeadersList()) {
            bytes += header.getKeyBytes().size() + (long) header.getValue().size();
        }
        return bytes;
    }
}
