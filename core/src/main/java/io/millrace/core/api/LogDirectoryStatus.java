package io.millrace.core.api;

import org.jspecify.annotations.Nullable;

/**
 * A log directory of a broker.
 *
 * @param failure why it takes part in nothing any more, or null while it works
 * @param partitionCount partitions that it holds
 * @param logBytes of their log files
 * @param usableBytes that the file system still has for them
 */
public record LogDirectoryStatus(
        int brokerId, String path, @Nullable String failure, int partitionCount, long logBytes, long usableBytes) {}
