package io.millrace.gateway.rest.write;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.Refusals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Counts what became of the lines of a body: what is stored by partition, what is not by ranges of lines. It needs no more
 * memory for a longer body: after so many ranges, or after a failure that is not the line's own, it is over.
 */
final class LineTally {
    private static final int ERROR_RANGES_MAX = 100;

    private final Map<Integer, Span> spans = new TreeMap<>();
    private final List<ErrorRange> errors = new ArrayList<>();
    private long records;
    private long bytes;
    private boolean clusterFailed;

    /** Says whether reading on would be in vain. */
    boolean isOver() {
        return clusterFailed || errors.size() >= ERROR_RANGES_MAX;
    }

    /** How many records are stored. */
    long records() {
        return records;
    }

    /** The first thing that went wrong, if anything did. */
    Optional<Problem> firstProblem() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors.getFirst().problem);
    }

    /** Counts a line whose record was submitted. */
    void count(long line, NewRecord record, Outcome<Produced> outcome) {
        switch (outcome) {
            case Outcome.Done<Produced>(Produced at) -> {
                ByteBuffer value = record.value();
                records++;
                bytes += value == null ? 0 : value.remaining();
                spans.merge(at.partition(), new Span(at.offset(), at.offset(), 1), Span::join);
            }
            case Outcome.Refused<Produced>(Refusal refusal) -> {
                clusterFailed |= !isOfTheLine(refusal);
                fail(line, Refusals.problemOf(refusal));
            }
        }
    }

    /** Counts a line that is no record. */
    void fail(long line, Problem problem) {
        if (!errors.isEmpty() && errors.getLast().continuesAt(line, problem)) {
            errors.addLast(errors.removeLast().upTo(line));
        } else {
            errors.add(new ErrorRange(line, line, problem));
        }
    }

    /** The members that tell all of it. */
    SequencedMap<String, Object> members() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("records", records);
        members.put("bytes", bytes);
        List<Map<String, Object>> partitions = new ArrayList<>();
        spans.forEach((partition, span) -> partitions.add(span.members(partition)));
        members.put("partitions", partitions);
        members.put("errors", errors.stream().map(ErrorRange::members).toList());
        return members;
    }

    private static boolean isOfTheLine(Refusal refusal) {
        return refusal instanceof Refusal.TooLarge
                || refusal instanceof Refusal.InvalidRequest
                || refusal instanceof Refusal.InvalidBatch;
    }

    private record Span(long firstOffset, long lastOffset, long count) {
        Span join(Span later) {
            return new Span(
                    Math.min(firstOffset, later.firstOffset),
                    Math.max(lastOffset, later.lastOffset),
                    count + later.count);
        }

        Map<String, Object> members(int partition) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("partition", partition);
            members.put("first_offset", firstOffset);
            members.put("last_offset", lastOffset);
            members.put("count", count);
            return members;
        }
    }

    private record ErrorRange(long firstLine, long lastLine, Problem problem) {
        boolean continuesAt(long line, Problem next) {
            return line == lastLine + 1 && next.equals(problem);
        }

        ErrorRange upTo(long line) {
            return new ErrorRange(firstLine, line, problem);
        }

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("first_line", firstLine);
            members.put("last_line", lastLine);
            members.putAll(problem.members());
            return members;
        }
    }
}
