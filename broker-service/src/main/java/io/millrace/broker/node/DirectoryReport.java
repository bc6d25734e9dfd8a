package io.millrace.broker.node;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.PartitionQuestions;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The state of one log directory. */
record DirectoryReport(int brokerId, LogDirectory directory, List<LocalPartition> all) {
    CompletableFuture<LogDirectoryStatus> make(Executor blocking) {
        List<LocalPartition> here =
                all.stream().filter(partition -> partition.home() == directory).toList();
        CompletableFuture<List<Outcome<Long>>> sizes = Gathered.inOrder(here.stream()
                .map(partition -> new PartitionQuestions(partition).sizeInBytes())
                .toList());
        return sizes.thenApplyAsync(found -> status(here.size(), found), blocking);
    }

    private LogDirectoryStatus status(int partitionCount, List<Outcome<Long>> sizes) {
        long bytes = sizes.stream()
                .mapToLong(size -> size instanceof Outcome.Done<Long>(Long value) ? value : 0)
                .sum();
        return new LogDirectoryStatus(
                brokerId, directory.path().toString(), directory.failure(), partitionCount, bytes, usableBytes());
    }

    private long usableBytes() {
        try {
            return directory.disk().usableBytes(directory.path());
        } catch (IOException e) {
            return 0;
        }
    }
}
