package io.millrace.broker.storage;

import java.nio.file.Path;
import java.time.Duration;

/** Hears what happens in the log directories, on any thread. Must be quick and must not throw. */
public interface StorageObserver {
    /** Nobody listens. */
    StorageObserver NONE = new StorageObserver() {};

    /** One partition was synced. */
    default void synced(Duration took) {}

    /** A commit round has ended; it took so long from its first sync to its last. */
    default void committed(int partitions, long bytes, int appends, Duration took) {}

    /** A directory takes part in nothing any more. */
    default void directoryFailed(Path directory, String reason) {}

    /** A directory's replica checkpoint is not whole: its replicas cannot prove with it that they are. */
    default void replicaCheckpointDamaged(String what) {}
}
