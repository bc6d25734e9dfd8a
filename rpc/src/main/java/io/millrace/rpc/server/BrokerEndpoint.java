package io.millrace.rpc.server;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.internal.v1.AppendRequest;
import io.millrace.internal.v1.AppendResponse;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.internal.v1.DeleteRecordsRequest;
import io.millrace.internal.v1.DeleteRecordsResponse;
import io.millrace.internal.v1.DescribeLogDirectoriesRequest;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse;
import io.millrace.internal.v1.DescribePartitionsRequest;
import io.millrace.internal.v1.DescribePartitionsResponse;
import io.millrace.internal.v1.DescribeProducersRequest;
import io.millrace.internal.v1.DescribeProducersResponse;
import io.millrace.internal.v1.FetchRequest;
import io.millrace.internal.v1.FetchResponse;
import io.millrace.internal.v1.ListOffsetsRequest;
import io.millrace.internal.v1.ListOffsetsResponse;
import io.millrace.rpc.wire.AppendMessages;
import io.millrace.rpc.wire.BrokerAddressed;
import io.millrace.rpc.wire.FetchMessages;
import io.millrace.rpc.wire.Hop;
import io.millrace.rpc.wire.LogDirectoryMessages;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.OffsetMessages;
import io.millrace.rpc.wire.PartitionMessages;
import io.millrace.rpc.wire.ProducerMessages;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Lets other processes of the cluster ask this process's broker. What is meant for another process is refused with
 * FAILED_PRECONDITION, what makes no sense with INVALID_ARGUMENT, what there is no room for with RESOURCE_EXHAUSTED: nothing
 * was done then. A cancelled call withdraws what the broker has not yet done, except appends, which stand once they are read.
 */
public final class BrokerEndpoint implements BindableService {
    private final BrokerApi broker;
    private final BrokerIdentity identity;
    private final ServerRoom room;
    private final Executor reading;

    /**
     * Serves from the first call on.
     *
     * @param reading where records are read from disk: for tasks that wait
     */
    public BrokerEndpoint(BrokerApi broker, BrokerIdentity identity, ServerRoom room, Executor reading) {
        this.broker = broker;
        this.identity = identity;
        this.room = room;
        this.reading = reading;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(BrokerServiceGrpc.SERVICE_NAME)
                .addMethod(method(BrokerServiceGrpc.getAppendMethod(), AppendRequest.parser(), this::append))
                .addMethod(method(BrokerServiceGrpc.getFetchMethod(), FetchRequest.parser(), this::fetch))
                .addMethod(method(
                        BrokerServiceGrpc.getListOffsetsMethod(), ListOffsetsRequest.parser(), this::listOffsets))
                .addMethod(method(
                        BrokerServiceGrpc.getDeleteRecordsMethod(), DeleteRecordsRequest.parser(), this::deleteRecords))
                .addMethod(method(
                        BrokerServiceGrpc.getDescribePartitionsMethod(),
                        DescribePartitionsRequest.parser(),
                        this::describe))
                .addMethod(method(
                        BrokerServiceGrpc.getDescribeProducersMethod(),
                        DescribeProducersRequest.parser(),
                        this::describeProducers))
                .addMethod(method(
                        BrokerServiceGrpc.getDescribeLogDirectoriesMethod(),
                        DescribeLogDirectoriesRequest.parser(),
                        this::logDirectories))
                .build();
    }

    private <Q extends MessageLite, A extends MessageLite> ServerMethodDefinition<byte[], A> method(
            MethodDescriptor<Q, A> method, Parser<Q> parser, Answering<Q, A> answering) {
        return ServerMethodDefinition.create(Hop.answered(method), new UnaryMethod<>(parser, answering, room));
    }

    private CompletableFuture<AppendResponse> append(AppendRequest request, Answering.Caller caller)
            throws MalformedMessageException {
        checkItIsMe(AppendMessages.addressee(request));
        return broker.append(AppendMessages.decode(request)).thenApply(AppendMessages::encode);
    }

    private CompletableFuture<FetchResponse> fetch(FetchRequest request, Answering.Caller caller)
            throws MalformedMessageException {
        checkItIsMe(FetchMessages.addressee(request));
        CompletableFuture<List<Outcome<Fetched>>> fetch = broker.fetch(FetchMessages.decode(request));
        caller.cancelsWithMe(fetch);
        return fetch.thenCompose(outcomes -> {
            long bytes = outcomes.stream().mapToLong(BrokerEndpoint::sizeOf).sum();
            return bytes == 0
                    ? CompletableFuture.completedFuture(FetchMessages.read(outcomes))
                    : caller.roomFor(bytes).thenApplyAsync(_ -> FetchMessages.read(outcomes), reading);
        });
    }

    private static long sizeOf(Outcome<Fetched> outcome) {
        return outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? fetched.records().sizeInBytes()
                : 0;
    }

    private CompletableFuture<ListOffsetsResponse> listOffsets(ListOffsetsRequest request, Answering.Caller caller)
            throws MalformedMessageException {
        checkItIsMe(OffsetMessages.addressee(request));
        return broker.listOffsets(OffsetMessages.decode(request)).thenApply(OffsetMessages::encode);
    }

    private CompletableFuture<DeleteRecordsResponse> deleteRecords(
            DeleteRecordsRequest request, Answering.Caller caller) throws MalformedMessageException {
        checkItIsMe(PartitionMessages.addressee(request));
        return broker.deleteRecords(PartitionMessages.decode(request))
                .thenApply(outcomes -> DeleteRecordsResponse.newBuilder()
                        .addAllParts(PartitionMessages.encode(outcomes))
                        .build());
    }

    private CompletableFuture<DescribePartitionsResponse> describe(
            DescribePartitionsRequest request, Answering.Caller caller) throws MalformedMessageException {
        checkItIsMe(PartitionMessages.addressee(request));
        return broker.describe(PartitionMessages.decode(request))
                .thenApply(outcomes -> DescribePartitionsResponse.newBuilder()
                        .addAllParts(PartitionMessages.encode(outcomes))
                        .build());
    }

    private CompletableFuture<DescribeProducersResponse> describeProducers(
            DescribeProducersRequest request, Answering.Caller caller) throws MalformedMessageException {
        checkItIsMe(ProducerMessages.addressee(request));
        return broker.describeProducers(ProducerMessages.decode(request)).thenApply(ProducerMessages::encode);
    }

    private CompletableFuture<DescribeLogDirectoriesResponse> logDirectories(
            DescribeLogDirectoriesRequest request, Answering.Caller caller) throws MalformedMessageException {
        checkItIsMe(LogDirectoryMessages.addressee(request));
        return broker.logDirectories(LogDirectoryMessages.decode(request)).thenApply(LogDirectoryMessages::encode);
    }

    private void checkItIsMe(BrokerAddressed to) {
        String clusterId = identity.clusterId();
        if (clusterId == null || identity.brokerEpoch() <= BrokerAddressed.ANY_EPOCH) {
            throw refused("Broker " + identity.brokerId() + " has not joined its cluster yet.");
        }
        BrokerAddressed me = new BrokerAddressed(clusterId, identity.brokerId(), identity.brokerEpoch());
        boolean mine = to.clusterId().equals(clusterId)
                && to.brokerId() == me.brokerId()
                && (to.brokerEpoch() == BrokerAddressed.ANY_EPOCH || to.brokerEpoch() == me.brokerEpoch());
        if (!mine) {
            throw refused("The request is meant for " + to + "; this is " + me + ".");
        }
    }

    private static StatusRuntimeException refused(String message) {
        return new StatusRuntimeException(Status.FAILED_PRECONDITION.withDescription(message));
    }
}
