package io.millrace.broker.node;

import io.millrace.broker.partitions.Withdrawals;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Withdraws replicas of this broker: one request at a time, with all of one reason that has gathered, repeated until it is
 * answered. Confined to the control loop, but for {@link #withdraw}.
 */
final class ReplicaWithdrawals implements Withdrawals {
    /** Partitions in one request. */
    static final int PARTS_MAX = 1_000;

    /** A request that has no answer after so long is sent again. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** After an answer that decides nothing. */
    static final Duration BACKOFF = Duration.ofMillis(100);

    private final int brokerId;
    private final LongSupplier brokerEpoch;
    private final ControllerApi controller;
    private final EventLoop loop;
    private final List<Wanted> wanted = new ArrayList<>();
    private boolean busy;
    private boolean closed;

    ReplicaWithdrawals(int brokerId, LongSupplier brokerEpoch, ControllerApi controller, EventLoop loop) {
        this.brokerId = brokerId;
        this.brokerEpoch = brokerEpoch;
        this.controller = controller;
        this.loop = loop;
    }

    private record Wanted(Reason reason, WithdrawReplicasRequest.Part part, CompletableFuture<Void> answered) {}

    @Override
    public CompletableFuture<Void> withdraw(Reason reason, TopicId topicId, int partition) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        loop.post(() -> {
            if (closed) {
                return;
            }
            wanted.add(new Wanted(reason, new WithdrawReplicasRequest.Part(topicId, partition), answered));
            if (wanted.size() == 1) {
                loop.post(this::send); // what fails in the same turn goes together
            }
        });
        return answered;
    }

    /** Asks for nothing any more. */
    void close() {
        closed = true;
        wanted.clear();
    }

    private void send() {
        if (closed || busy || wanted.isEmpty()) {
            return;
        }
        busy = true;
        Reason reason = wanted.getFirst().reason();
        List<Wanted> sent = wanted.stream()
                .filter(one -> one.reason() == reason)
                .limit(PARTS_MAX)
                .toList();
        var answer = controller.withdrawReplicas(new WithdrawReplicasRequest(
                brokerId,
                brokerEpoch.getAsLong(),
                reason,
                sent.stream().map(Wanted::part).toList()));
        EventLoop.Timer patience = loop.schedule(
                ANSWER_MAX,
                () -> answer.complete(Outcome.refused(new Refusal.TimedOut("The controller did not answer in time."))));
        var _ = answer.whenComplete((outcome, failure) -> loop.post(() -> {
            patience.cancel();
            answered(
                    sent,
                    outcome instanceof Outcome.Done<List<Outcome<PartitionChanged>>> done ? done.value() : List.of());
        }));
    }

    private void answered(List<Wanted> sent, List<Outcome<PartitionChanged>> outcomes) {
        boolean all = true;
        for (int i = 0; i < sent.size(); i++) {
            if (i < outcomes.size() && isDecided(outcomes.get(i))) {
                wanted.remove(sent.get(i));
                sent.get(i).answered().complete(null);
            } else {
                all = false;
            }
        }
        loop.schedule(all ? Duration.ZERO : BACKOFF, () -> {
            busy = false;
            send();
        });
    }

    /** Of a partition that is gone there is nothing to withdraw. */
    private static boolean isDecided(Outcome<PartitionChanged> outcome) {
        return switch (outcome) {
            case Outcome.Done<PartitionChanged> ignored -> true;
            case Outcome.Refused<PartitionChanged>(Refusal why) ->
                why instanceof Refusal.UnknownTopic || why instanceof Refusal.UnknownPartition;
        };
    }
}
