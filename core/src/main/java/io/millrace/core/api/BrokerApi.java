package io.millrace.core.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All that the rest of the platform may ask of the brokers about partition logs. Answers keep the order of what was
 * asked: one outcome for each part. Futures complete on any thread, exceptionally only by a bug or a lost connection;
 * work done in their continuations must be short.
 */
public interface BrokerApi {
    /** Appends one batch to each of several partitions; parts succeed and fail apart from each other. */
    CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request);

    /**
     * Reads from several partitions. Answers at once when {@code minBytes} are there or a part is refused, otherwise when
     * they are or the wait is over. Cancelling the future withdraws a waiting request.
     */
    CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request);

    /** Finds offsets by time or at the edges. */
    CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request);

    /** Moves the start of partitions forward, so that earlier records are no longer served. */
    CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request);

    /** Tells edges and sizes of partitions. */
    CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request);

    /** Tells the idempotent producers that leaders know, for each partition those first that were silent for longest. */
    CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request);

    /** Tells the state of all log directories of all brokers that answer. */
    CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail);

    /** The same, without the replicas in them. */
    default CompletableFuture<List<LogDirectoryStatus>> logDirectories() {
        return logDirectories(LogDirectoryDetail.SUMMARY);
    }
}
