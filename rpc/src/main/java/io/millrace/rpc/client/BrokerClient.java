package io.millrace.rpc.client;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
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
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.AppendResponse;
import io.millrace.internal.v1.BrokerServiceGrpc;
import io.millrace.internal.v1.DeleteRecordsResponse;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse;
import io.millrace.internal.v1.DescribePartitionsResponse;
import io.millrace.internal.v1.DescribeProducersResponse;
import io.millrace.internal.v1.FetchResponse;
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
import io.millrace.rpc.wire.WireBytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A broker in another process. What goes wrong on the way there or back is a refusal of each part: LeaderNotAvailable when
 * nothing was done or what was asked changes nothing, TimedOut when it may have been done, Overloaded when a limit of this
 * process or of the broker's is reached. Safe for all threads; futures complete on network threads.
 */
public final class BrokerClient implements BrokerApi, AutoCloseable {
    private static final MethodDescriptor<io.millrace.internal.v1.AppendRequest, byte[]> APPEND =
            Hop.asked(BrokerServiceGrpc.getAppendMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.FetchRequest, byte[]> FETCH =
            Hop.asked(BrokerServiceGrpc.getFetchMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.ListOffsetsRequest, byte[]> LIST_OFFSETS =
            Hop.asked(BrokerServiceGrpc.getListOffsetsMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.DeleteRecordsRequest, byte[]> DELETE_RECORDS =
            Hop.asked(BrokerServiceGrpc.getDeleteRecordsMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.DescribePartitionsRequest, byte[]> DESCRIBE =
            Hop.asked(BrokerServiceGrpc.getDescribePartitionsMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.DescribeProducersRequest, byte[]> DESCRIBE_PRODUCERS =
            Hop.asked(BrokerServiceGrpc.getDescribeProducersMethod());
    private static final MethodDescriptor<io.millrace.internal.v1.DescribeLogDirectoriesRequest, byte[]>
            LOG_DIRECTORIES = Hop.asked(BrokerServiceGrpc.getDescribeLogDirectoriesMethod());

    /** What an answer has besides records, at most. */
    private static final int ANSWER_OVERHEAD_BYTES = 64 * 1024;

    private final BrokerAddress address;
    private final BrokerAddressed to;
    private final ClientLimits limits;
    private final Connection connection;

    /**
     * Reads have a connection of their own: many of them wait for long, and their answers are large, so that on the same one
     * they would take the calls and the window that appends need.
     */
    private final Connection reading;

    /** A client that has not connected yet, on channels that become its own. */
    BrokerClient(BrokerAddress address, Supplier<ManagedChannel> channels, ClientLimits limits, ClientRoom room) {
        this.address = address;
        this.to = address.broker();
        this.limits = limits;
        this.connection = new Connection(channels.get(), limits, room, room.smallAnswers());
        this.reading = new Connection(channels.get(), limits, room, room.answers());
    }

    /** Whether there is a connection to the broker: not before it is first asked, and not when it was not for long. */
    public boolean isConnected() {
        return connection.isOpen() || reading.isOpen();
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        List<TopicPartition> partitions =
                request.parts().stream().map(AppendRequest.Part::partition).toList();
        Duration patience = request.timeout().plus(limits.patience().grace());
        return new Question<>(
                        connection,
                        APPEND,
                        AppendMessages.encode(to, request),
                        AppendResponse.parser(),
                        AppendMessages::decode)
                .ask(partitions, patience, true);
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        List<TopicPartition> partitions =
                request.parts().stream().map(FetchRequest.Part::partition).toList();
        FetchRequest fitting = new FetchRequest(
                request.parts(),
                request.minBytes(),
                Math.min(request.maxBytes(), limits.maxAnswerBytes() - ANSWER_OVERHEAD_BYTES),
                request.maxWait(),
                request.isolationLevel(),
                request.servedBy());
        Duration patience = request.maxWait().plus(limits.patience().grace());
        return new Question<>(
                        reading,
                        FETCH,
                        FetchMessages.encode(to, fitting),
                        FetchResponse.parser(),
                        FetchMessages::decode)
                .ask(partitions, patience, false);
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        List<TopicPartition> partitions =
                request.parts().stream().map(ListOffsetsRequest.Part::partition).toList();
        return new Question<>(
                        connection,
                        LIST_OFFSETS,
                        OffsetMessages.encode(to, request),
                        ListOffsetsResponse.parser(),
                        OffsetMessages::decode)
                .ask(partitions, limits.patience().question(), false);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        List<TopicPartition> partitions = request.parts().stream()
                .map(DeleteRecordsRequest.Part::partition)
                .toList();
        return new Question<>(
                        connection,
                        DELETE_RECORDS,
                        PartitionMessages.encode(to, request),
                        DeleteRecordsResponse.parser(),
                        answer -> PartitionMessages.decode(answer.getPartsList()))
                .ask(partitions, limits.patience().question(), true);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return new Question<>(
                        connection,
                        DESCRIBE,
                        PartitionMessages.encode(to, request),
                        DescribePartitionsResponse.parser(),
                        answer -> PartitionMessages.decode(answer.getPartsList()))
                .ask(request.partitions(), limits.patience().question(), false);
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return new Question<>(
                        connection,
                        DESCRIBE_PRODUCERS,
                        ProducerMessages.encode(to, request),
                        DescribeProducersResponse.parser(),
                        ProducerMessages::decode)
                .ask(request.partitions(), limits.patience().question(), false);
    }

    /** Empty when the broker does not answer. */
    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        CompletableFuture<byte[]> call = connection.ask(
                LOG_DIRECTORIES,
                LogDirectoryMessages.encode(to, detail),
                limits.patience().question());
        return cancelling(call, call.handle((bytes, failure) -> {
            if (bytes == null) {
                CallFailure.in(failure);
                return List.of();
            }
            try {
                return LogDirectoryMessages.decode(WireBytes.parse(DescribeLogDirectoriesResponse.parser(), bytes));
            } catch (MalformedMessageException e) {
                return List.of();
            }
        }));
    }

    /** Bytes of requests that are not yet answered. */
    public long requestBytes() {
        return connection.requestBytes() + reading.requestBytes();
    }

    /** Calls that are under way end by themselves; later ones are refused. */
    @Override
    public void close() {
        connection.close();
        reading.close();
    }

    /** The future of the caller, whose cancellation ends the call. */
    private static <T> CompletableFuture<T> cancelling(CompletableFuture<byte[]> call, CompletableFuture<T> answer) {
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                call.cancel(false);
            }
        });
        return answer;
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Decoding<A, T> {
        List<Outcome<T>> decode(A answer) throws MalformedMessageException;
    }

    /** A question about several partitions, with one outcome for each. */
    private final class Question<Q extends MessageLite, A extends MessageLite, T> {
        private final Connection over;
        private final MethodDescriptor<Q, byte[]> method;
        private final Q request;
        private final Parser<A> parser;
        private final Decoding<A, T> decoding;

        Question(
                Connection over,
                MethodDescriptor<Q, byte[]> method,
                Q request,
                Parser<A> parser,
                Decoding<A, T> decoding) {
            this.over = over;
            this.method = method;
            this.request = request;
            this.parser = parser;
            this.decoding = decoding;
        }

        CompletableFuture<List<Outcome<T>>> ask(List<TopicPartition> partitions, Duration patience, boolean changes) {
            int bytes = request.getSerializedSize();
            if (bytes > limits.maxMessageBytes()) {
                return CompletableFuture.completedFuture(refuseAll(partitions, tooLarge(bytes)));
            }
            CompletableFuture<byte[]> call = over.ask(method, request, patience);
            return cancelling(call, call.handle((answer, failure) -> {
                if (answer == null) {
                    return refused(partitions, changes, CallFailure.in(failure));
                }
                try {
                    return outcomes(partitions, answer);
                } catch (MalformedMessageException e) {
                    return refused(partitions, changes, unreadable(e));
                }
            }));
        }

        private List<Outcome<T>> outcomes(List<TopicPartition> partitions, byte[] answer)
                throws MalformedMessageException {
            List<Outcome<T>> outcomes = decoding.decode(WireBytes.parse(parser, answer));
            if (outcomes.size() != partitions.size()) {
                throw new MalformedMessageException(
                        "The answer has " + outcomes.size() + " parts instead of " + partitions.size() + ".");
            }
            return outcomes;
        }

        private List<Outcome<T>> refused(List<TopicPartition> partitions, boolean changes, CallFailedException failed) {
            CallFailure failure = new CallFailure(address, changes, failed);
            return partitions.stream()
                    .map(partition -> Outcome.<T>refused(failure.refusalOf(partition)))
                    .toList();
        }

        private List<Outcome<T>> refuseAll(List<TopicPartition> partitions, Refusal refusal) {
            return partitions.stream().map(_ -> Outcome.<T>refused(refusal)).toList();
        }

        private Refusal tooLarge(int bytes) {
            return new Refusal.TooLarge(
                    bytes,
                    limits.maxMessageBytes(),
                    "The request to " + address + " has " + bytes + " bytes; at most " + limits.maxMessageBytes()
                            + " may go there at once.");
        }

        private static CallFailedException unreadable(MalformedMessageException e) {
            return new CallFailedException(Status.INTERNAL.withDescription(e.problem()), null, true);
        }
    }
}
