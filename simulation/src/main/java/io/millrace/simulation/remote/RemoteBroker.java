package io.millrace.simulation.remote;

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
import io.millrace.simulation.network.Call;
import io.millrace.simulation.network.CallFailedException;
import io.millrace.simulation.network.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A broker in another process. What goes wrong on the way is a refusal of each part, as it is over gRPC: LeaderNotAvailable
 * when nothing was done or what was asked changes nothing, TimedOut when it may have been done.
 */
public final class RemoteBroker implements BrokerApi {
    /** What an answer may take over and above what its request lets the broker wait. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** What questions may take that let the broker wait for nothing. */
    private static final Duration QUESTION = Duration.ofSeconds(5);

    /** What a small question has in bytes, about. */
    private static final int SMALL = 64;

    private final Channel channel;
    private final Channel reading;
    private final BrokerTarget target;

    /**
     * A broker that nobody has spoken to yet.
     *
     * @param reading a channel of its own for reads, as their answers are large and late
     */
    public RemoteBroker(Channel channel, Channel reading, BrokerTarget target) {
        this.channel = channel;
        this.reading = reading;
        this.target = target;
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        AppendRequest copy = Border.copyOf(request);
        Call<BrokerSeat, List<Outcome<Appended>>> call =
                call("append", Border.bytesOf(copy), seat -> seat.as(target).append(copy), false);
        return ask(
                channel.ask(call, request.timeout().plus(GRACE)),
                request.parts().stream().map(AppendRequest.Part::partition).toList(),
                true);
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        Call<BrokerSeat, List<Outcome<Fetched>>> call = new Call<>(
                "fetch",
                SMALL,
                BrokerSeat.class,
                seat -> seat.read(seat.as(target).fetch(request)),
                Border::bytesOf,
                true);
        return ask(
                reading.ask(call, request.maxWait().plus(GRACE)),
                request.parts().stream().map(FetchRequest.Part::partition).toList(),
                false);
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return ask(
                channel.ask(call("list-offsets", SMALL, seat -> seat.as(target).listOffsets(request), true), QUESTION),
                request.parts().stream().map(ListOffsetsRequest.Part::partition).toList(),
                false);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return ask(
                channel.ask(
                        call("delete-records", SMALL, seat -> seat.as(target).deleteRecords(request), true), QUESTION),
                request.parts().stream()
                        .map(DeleteRecordsRequest.Part::partition)
                        .toList(),
                true);
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return ask(
                channel.ask(call("describe", SMALL, seat -> seat.as(target).describe(request), true), QUESTION),
                request.partitions(),
                false);
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return ask(
                channel.ask(
                        call(
                                "describe-producers",
                                SMALL,
                                seat -> seat.as(target).describeProducers(request),
                                true),
                        QUESTION),
                request.partitions(),
                false);
    }

    /** Empty when the broker does not answer. */
    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        Call<BrokerSeat, List<LogDirectoryStatus>> call =
                call("log-directories", SMALL, seat -> seat.as(target).logDirectories(detail), true);
        return channel.ask(call, QUESTION).exceptionally(_ -> List.of());
    }

    private static <A> Call<BrokerSeat, A> call(
            String label, int bytes, Function<BrokerSeat, CompletableFuture<A>> ask, boolean withdrawable) {
        ToIntFunction<A> answerBytes = _ -> SMALL;
        return new Call<>(label, bytes, BrokerSeat.class, ask, answerBytes, withdrawable);
    }

    private <T> CompletableFuture<List<Outcome<T>>> ask(
            CompletableFuture<List<Outcome<T>>> call, List<TopicPartition> partitions, boolean changes) {
        CompletableFuture<List<Outcome<T>>> answer = call.exceptionally(thrown -> {
            CallFailedException failure = failureIn(thrown);
            return partitions.stream()
                    .map(partition -> Outcome.<T>refused(refusal(partition, changes, failure)))
                    .toList();
        });
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                call.cancel(false);
            }
        });
        return answer;
    }

    private static CallFailedException failureIn(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case CallFailedException failed -> failed;
            case CancellationException cancelled -> throw cancelled;
            default -> throw new IllegalStateException(cause);
        };
    }

    private Refusal refusal(TopicPartition partition, boolean changes, CallFailedException failure) {
        String why = "Partition " + partition + " is led by " + target + ", but: " + failure.getMessage();
        return changes && failure.reason() == CallFailedException.Reason.LOST
                ? new Refusal.TimedOut(why)
                : new Refusal.LeaderNotAvailable(partition, why);
    }
}
