package io.millrace.rpc.broker;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** A broker that answers appends and fetches when the test says so, and nothing else ever. */
final class HeldBroker implements BrokerApi {
    /** A request that has arrived. */
    record Held<Q, T>(Q request, CompletableFuture<List<Outcome<T>>> answer) {}

    private final BlockingQueue<Held<AppendRequest, Appended>> appends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Held<FetchRequest, Fetched>> fetches = new LinkedBlockingQueue<>();

    /** The next append, once it is there. */
    Held<AppendRequest, Appended> nextAppend() {
        return next(appends);
    }

    /** The next fetch, once it is there. */
    Held<FetchRequest, Fetched> nextFetch() {
        return next(fetches);
    }

    boolean hasAppends() {
        return !appends.isEmpty();
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                return Assertions.fail("Nothing has arrived");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        CompletableFuture<List<Outcome<Appended>>> answer = new CompletableFuture<>();
        appends.add(new Held<>(request, answer));
        return answer;
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        CompletableFuture<List<Outcome<Fetched>>> answer = new CompletableFuture<>();
        fetches.add(new Held<>(request, answer));
        return answer;
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        return new CompletableFuture<>();
    }
}
