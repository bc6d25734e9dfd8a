package io.millrace.simulation.invariant;

import io.millrace.core.model.TopicPartition;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who leads under which epoch: one broker for each, in one life, with the disk that it was elected with, and only as a record says. */
final class Leaderships {
    private record Term(TopicPartition partition, int leaderEpoch) {}

    private record Leader(int brokerId, int life) {}

    private record Elected(int brokerId, int disk) {}

    private final Map<Term, Elected> recorded = new TreeMap<>(ORDER);
    private final Map<Term, Leader> leading = new TreeMap<>(ORDER);
    private final Map<Term, Long> highWatermarks = new TreeMap<>(ORDER);

    private static final Comparator<Term> ORDER =
            Comparator.comparing((Term term) -> term.partition().toString()).thenComparingInt(Term::leaderEpoch);

    /** A record names this leader, whose disk has that number. */
    void recorded(TopicPartition partition, int leaderEpoch, int brokerId, int disk) {
        @Nullable Elected other = recorded.putIfAbsent(new Term(partition, leaderEpoch), new Elected(brokerId, disk));
        if (other != null && other.brokerId != brokerId) {
            throw new AssertionError(partition + ": brokers " + other.brokerId + " and " + brokerId
                    + " were elected in epoch " + leaderEpoch);
        }
    }

    /**
     * A broker believes to lead. It may do so on an old picture, after a new start even, as long as it takes no writes. Says
     * whether it still has the disk that it was elected with.
     */
    boolean begins(TopicPartition partition, int leaderEpoch, int brokerId, int disk) {
        return elected(partition, leaderEpoch, brokerId).disk == disk;
    }

    /** A broker acknowledges what it has taken as the leader of that epoch. */
    void acknowledges(TopicPartition partition, int leaderEpoch, int brokerId, int life, int disk) {
        if (elected(partition, leaderEpoch, brokerId).disk != disk) {
            throw new AssertionError(partition + ": broker " + brokerId + " has taken a write in epoch " + leaderEpoch
                    + ", but lost the disk that it was elected with");
        }
        Leader leader = new Leader(brokerId, life);
        @Nullable Leader other = leading.putIfAbsent(new Term(partition, leaderEpoch), leader);
        if (other != null && !other.equals(leader)) {
            throw new AssertionError(
                    partition + ": " + other + " and " + leader + " have both taken writes in epoch " + leaderEpoch);
        }
    }

    private Elected elected(TopicPartition partition, int leaderEpoch, int brokerId) {
        @Nullable Elected elected = recorded.get(new Term(partition, leaderEpoch));
        if (elected == null || elected.brokerId != brokerId) {
            throw new AssertionError(partition + ": broker " + brokerId + " leads in epoch " + leaderEpoch
                    + ", for which " + (elected == null ? "nobody" : "broker " + elected.brokerId) + " was elected");
        }
        return elected;
    }

    /** A leader exposes a high watermark. */
    void exposes(TopicPartition partition, int leaderEpoch, long highWatermark) {
        @Nullable Long before = highWatermarks.put(new Term(partition, leaderEpoch), highWatermark);
        if (before != null && before > highWatermark) {
            throw new AssertionError(partition + ": the high watermark of epoch " + leaderEpoch + " went from " + before
                    + " back to " + highWatermark);
        }
    }
}
