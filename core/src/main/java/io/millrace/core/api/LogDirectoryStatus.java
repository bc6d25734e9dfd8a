package io.millrace.core.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log directory of a broker.
 *
 * @param failure why it takes part in nothing any more, or null while it works
 * @param partitionCount partitions that it holds
 * @param logBytes of their log files
 * @param usableBytes that the file system still has for them
 * @param replicas each of the partitions, when that was asked for
 */
public record LogDirectoryStatus(
        int brokerId,
        String path,
        @Nullable String failure,
        int partitionCount,
        long logBytes,
        long usableBytes,
        List<HeldReplica> replicas) {
    public LogDirectoryStatus {
        replicas = List.copyOf(replicas);
    }

    /** A directory of whose replicas nothing is told. */
    public LogDirectoryStatus(
            int brokerId, String path, @Nullable String failure, int partitionCount, long logBytes, long usableBytes) {
        this(brokerId, path, failure, partitionCount, logBytes, usableBytes, List.of());
    }
}
