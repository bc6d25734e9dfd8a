package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.read.StartPoint;
import java.time.Duration;

/** Reads starting points out of requests. */
final class StartPoints {
    private static final Duration AGE_MAX = Duration.ofDays(366 * 100);

    private StartPoints() {}

    /** A starting point that is no cursor; the latest edge when none is given. */
    static Outcome<StartPoint> of(io.millrace.v1.StartPoint start) {
        return switch (start.getStartCase()) {
            case EDGE ->
                switch (start.getEdge()) {
                    case EDGE_EARLIEST -> Outcome.done(new StartPoint.Earliest());
                    case EDGE_LATEST -> Outcome.done(new StartPoint.Latest());
                    case EDGE_MAX_TIMESTAMP ->
                        invalid("Only ListOffsets finds the record with the greatest timestamp.");
                    case EDGE_UNSPECIFIED, UNRECOGNIZED ->
                        invalid("The edge to start at is neither earliest nor latest.");
                };
            case OFFSET ->
                start.getOffset() >= 0
                        ? Outcome.done(new StartPoint.AtOffset(start.getOffset()))
                        : invalid("Offsets begin at 0; " + start.getOffset() + " is none.");
            case LAST ->
                start.getLast() >= 0
                        ? Outcome.done(new StartPoint.Last(start.getLast()))
                        : invalid("The last " + start.getLast()
                                + " records cannot be read; the number must be 0 or more.");
            case TIMESTAMP ->
                Times.isLegal(start.getTimestamp())
                        ? Outcome.done(new StartPoint.AtTime(Times.of(start.getTimestamp())))
                        : invalid("The timestamp to start at is no time between the years 1970 and 9999.");
            case AGO ->
                Times.isLegal(start.getAgo(), AGE_MAX)
                        ? Outcome.done(new StartPoint.Ago(Times.of(start.getAgo())))
                        : invalid("The age to start at must be 0 or more and at most 100 years.");
            case START_NOT_SET -> Outcome.done(new StartPoint.Latest());
            case CURSOR -> invalid("A cursor is no starting point here.");
        };
    }

    private static Outcome<StartPoint> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
