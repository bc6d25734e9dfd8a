package io.millrace.broker.node;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.PartitionQuestions;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The state of one log directory. */
record DirectoryReport(int brokerId, LogDirectory directory, List<LocalPartition> all, LogDirectoryDetail detail) {
    CompletableFuture<LogDirectoryStatus> make(Executor blocking) {
        List<LocalPartition> here =
                all.stream().filter(partition -> partition.home() == directory).toList();
        CompletableFuture<List<Outcome<HeldReplica>>> held = Gathered.inOrder(here.stream()
                .map(partition -> new PartitionQuestions(partition).held())
                .toList());
        return held.thenApplyAsync(found -> status(here.size(), found), blocking);
    }

    private LogDirectoryStatus status(int partitionCount, List<Outcome<HeldReplica>> held) {
        List<HeldReplica> replicas = new ArrayList<>();
        for (Outcome<HeldReplica> outcome : held) {
            if (outcome instanceof Outcome.Done<HeldReplica>(HeldReplica replica)) {
                replicas.add(replica);
            }
        }
        long bytes = replicas.stream().mapToLong(HeldReplica::sizeBytes).sum();
        return new LogDirectoryStatus(
                brokerId,
                directory.path().toString(),
                directory.failure(),
                partitionCount,
                bytes,
                usableBytes(),
                detail == LogDirectoryDetail.REPLICAS ? replicas : List.of());
    }

    private long usableBytes() {
        try {
            return directory.disk().usableBytes(directory.path());
        } catch (IOException e) {
            return 0;
        }
    }
}
