package io.millrace.gateway.rest.read;

import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.Position;
import io.millrace.gateway.read.StartPoint;
import io.millrace.gateway.read.StartPointText;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.rest.query.Query;
import java.util.Optional;

/** Where a read begins. */
sealed interface Start {
    /** Somewhere that has to be looked up. */
    record At(StartPoint point) implements Start {}

    /** Where an earlier read ended. */
    record Resume(Cursor cursor) implements Start {
        /** The cursor, when it has nothing but partitions of the target. */
        Cursor within(ReadTarget target) {
            for (Position position : cursor.positions()) {
                if (!target.partitions().contains(position.partition())) {
                    throw Query.wrong("The cursor is one of another path: it reads " + position.partition()
                            + ", which this path does not.");
                }
            }
            return cursor;
        }
    }

    /** The last event that a reader has seen wins: a browser that connects again sends its first query once more. */
    static Start of(Query query, Optional<String> lastEventId) {
        if (lastEventId.isPresent() && !lastEventId.get().isEmpty()) {
            return resume(lastEventId.get());
        }
        Optional<String> cursor = query.text("cursor");
        Optional<String> from = query.text("from");
        if (cursor.isPresent() && from.isPresent()) {
            throw Query.wrong("Either from or cursor says where to begin, not both.");
        }
        if (cursor.isPresent()) {
            return resume(cursor.get());
        }
        return from.<Start>map(text -> new At(Refusals.orProblem(StartPointText.parse(text))))
                .orElseGet(() -> new At(new StartPoint.Earliest()));
    }

    private static Start resume(String text) {
        return new Resume(Refusals.orProblem(Cursor.decode(text)));
    }
}
