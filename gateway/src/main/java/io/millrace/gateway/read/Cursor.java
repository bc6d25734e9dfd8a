package io.millrace.gateway.read;

import io.millrace.core.api.Outcome;
import io.millrace.core.model.TopicPartition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a reader stands, in each of its partitions. It is all that is known about the reader: nothing is kept at a
 * gateway, so a cursor goes on at any gateway, and after restarts. The order of the positions is the order in which the
 * next read serves them.
 *
 * @param positions at most one of each partition
 */
public record Cursor(List<Position> positions) {
    public Cursor {
        positions = List.copyOf(positions);
        Set<TopicPartition> seen = new HashSet<>();
        for (Position position : positions) {
            if (!seen.add(position.partition())) {
                throw new IllegalArgumentException("Two positions of " + position.partition());
            }
        }
    }

    /** Reads the text that {@link #encode()} wrote; any other text is refused. */
    public static Outcome<Cursor> decode(String text) {
        return CursorText.decode(text);
    }

    /** Text of letters, digits, '-' and '_', which a URL and a header carry as they are. */
    public String encode() {
        return CursorText.encode(this);
    }

    /** The position in that partition, if the cursor has one. */
    public Optional<Position> position(TopicPartition partition) {
        return positions.stream()
                .filter(position -> position.partition().equals(partition))
                .findFirst();
    }
}
