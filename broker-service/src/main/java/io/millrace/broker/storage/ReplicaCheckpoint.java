package io.millrace.broker.storage;

import io.millrace.broker.log.ReplicaMark;
import io.millrace.core.environment.Disk;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What each replica of a log directory held for certain, in the file {@code replica-checkpoint}: after an unclean stop a
 * replica proves with it that nothing is missing. The file lags behind, which is harmless, and is never ahead; a damaged or
 * missing one says nothing. Safe for all threads.
 */
public final class ReplicaCheckpoint {
    private final ReplicaCheckpointFile file;
    private final StorageObserver observer;
    private final BooleanSupplier directoryFailed;
    private final Consumer<IOException> onFailure;
    private final Map<Key, ReplicaMark> marks = new ConcurrentSkipListMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private boolean loaded; // guarded by this

    ReplicaCheckpoint(
            Disk disk,
            Path directory,
            StorageObserver observer,
            BooleanSupplier directoryFailed,
            Consumer<IOException> onFailure) {
        this.file = new ReplicaCheckpointFile(disk, directory);
        this.observer = observer;
        this.directoryFailed = directoryFailed;
        this.onFailure = onFailure;
    }

    /** A replica, by the id of its topic. */
    record Key(TopicId topicId, int partition) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing((Key key) -> key.topicId().uuid()).thenComparingInt(Key::partition);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Takes note of what is true of a replica now; the next {@link #flush} writes it. Cheap.
     *
     * @param durableEnd must really be durable; it may be lower than before, after a cut
     */
    public void note(TopicId topicId, int partition, long highWatermark, long durableEnd) {
        ReplicaMark mark = new ReplicaMark(highWatermark, durableEnd);
        if (!mark.equals(marks.put(new Key(topicId, partition), mark))) {
            changed.set(true);
        }
    }

    /** What was noted of the replica last, by this process or by one before it. May block. */
    public Optional<ReplicaMark> lastKnown(TopicId topicId, int partition) {
        load();
        return Optional.ofNullable(marks.get(new Key(topicId, partition)));
    }

    /** The replica is no longer here. May block. */
    public void forget(TopicId topicId, int partition) {
        load();
        if (marks.remove(new Key(topicId, partition)) != null) {
            changed.set(true);
        }
    }

    /** Writes what was noted, durably, if it has changed; an error fails the directory. Blocks. */
    public synchronized void flush() {
        if (directoryFailed.getAsBoolean() || !changed.getAndSet(false)) {
            return;
        }
        load();
        try {
            file.write(new TreeMap<>(marks));
        } catch (IOException e) {
            onFailure.accept(e);
        }
    }

    private synchronized void load() {
        if (loaded || directoryFailed.getAsBoolean()) {
            return;
        }
        loaded = true;
        try {
            file.read().forEach(marks::putIfAbsent);
        } catch (DamagedFileException e) {
            observer.replicaCheckpointDamaged(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            onFailure.accept(e);
        }
    }
}
