package io.millrace.core.api.twin;

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
import java.util.concurrent.CompletableFuture;

/** A broker that is asked nothing, for tests that answer only what they expect: anything else fails them. */
public abstract class UnaskedBroker implements BrokerApi {
    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        throw new UnsupportedOperationException("The test expects no append.");
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        throw new UnsupportedOperationException("The test expects no fetch.");
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        throw new UnsupportedOperationException("The test expects no search for offsets.");
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        throw new UnsupportedOperationException("The test expects no deletion of records.");
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        throw new UnsupportedOperationException("The test expects no question for the state of partitions.");
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        throw new UnsupportedOperationException("The test expects no question for producers.");
    }

    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        throw new UnsupportedOperationException("The test expects no question for log directories.");
    }
}
