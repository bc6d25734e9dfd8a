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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Withdraws replicas of this broker: one request at a time, with all of one reason that has gathered, repeated until it is
 * answered; and what the controller could not grant, because no other replica can take its place, again and again until it
 * can. Confined to the control loop, but for {@link #withdraw}.
 */
final class ReplicaWithdrawals implements Withdrawals {
    /** Partitions in one request. */
    static final int PARTS_MAX = 1_000;

    /** A request that has no answer after so long is sent again. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** After an answer that decides nothing. */
    static final Duration BACKOFF = Duration.ofMillis(100);

    /** After an answer that nobody else can take the replica's place. */
    static final Duration GRANT_INTERVAL = Duration.ofSeconds(10);

    private final int brokerId;
    private final LongSupplier brokerEpoch;
    private final ControllerApi controller;
    private final EventLoop loop;
    private final List<Wanted> wanted = new ArrayList<>();
    private final Set<Wish> insisted = new HashSet<>(); // asked only
    private boolean busy;
    private boolean closed;

    ReplicaWithdrawals(int brokerId, LongSupplier brokerEpoch, ControllerApi controller, EventLoop loop) {
        this.brokerId = brokerId;
        this.brokerEpoch = brokerEpoch;
        this.controller = controller;
        this.loop = loop;
    }

    private record Wish(Reason reason, WithdrawReplicasRequest.Part part) {}

    private record Wanted(Wish wish, CompletableFuture<Boolean> answered) {}

    @Override
    public CompletableFuture<Boolean> withdraw(Reason reason, TopicId topicId, int partition) {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Wish wish = new Wish(reason, new WithdrawReplicasRequest.Part(topicId, partition));
        loop.post(() -> {
            if (!closed) {
                add(new Wanted(wish, answered));
            }
        });
        return answered;
    }

    private void add(Wanted one) {
        wanted.add(one);
        if (wanted.size() == 1) {
            loop.post(this::send); // what fails in the same turn goes together
        }
    }

    /** Has the controller asked again, unless somebody asks for the same anyway. */
    private void insist(Wish wish) {
        if (insisted.add(wish)) {
            loop.schedule(GRANT_INTERVAL, () -> {
                insisted.remove(wish);
                if (!closed && wanted.stream().noneMatch(one -> one.wish().equals(wish))) {
                    add(new Wanted(wish, new CompletableFuture<>()));
                }
            });
        }
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
        Reason reason = wanted.getFirst().wish().reason();
        List<WithdrawReplicasRequest.Part> parts = wanted.stream()
                .map(Wanted::wish)
                .filter(wish -> wish.reason() == reason)
                .map(Wish::part)
                .distinct()
                .limit(PARTS_MAX)
                .toList();
        List<Wanted> sent = List.copyOf(wanted);
        var answer = controller.withdrawReplicas(
                new WithdrawReplicasRequest(brokerId, brokerEpoch.getAsLong(), reason, parts));
        EventLoop.Timer patience = loop.schedule(
                ANSWER_MAX,
                () -> answer.complete(Outcome.refused(new Refusal.TimedOut("The controller did not answer in time."))));
        var _ = answer.whenComplete((outcome, failure) -> loop.post(() -> {
            patience.cancel();
            answered(
                    reason,
                    parts,
                    sent,
                    outcome instanceof Outcome.Done<List<Outcome<PartitionChanged>>> done ? done.value() : List.of());
        }));
    }

    /** Whoever has asked for the same since then waits for an answer of its own. */
    private void answered(
            Reason reason,
            List<WithdrawReplicasRequest.Part> parts,
            List<Wanted> sent,
            List<Outcome<PartitionChanged>> outcomes) {
        boolean all = true;
        for (int i = 0; i < parts.size(); i++) {
            Wish wish = new Wish(reason, parts.get(i));
            Optional<Boolean> granted = i < outcomes.size() ? granted(outcomes.get(i)) : Optional.empty();
            all &= granted.isPresent();
            granted.ifPresent(answer ->
                    sent.stream().filter(one -> one.wish().equals(wish)).forEach(one -> decided(one, answer)));
        }
        loop.schedule(all ? Duration.ZERO : BACKOFF, () -> {
            busy = false;
            send();
        });
    }

    private void decided(Wanted one, boolean granted) {
        wanted.remove(one);
        if (!granted) {
            insist(one.wish());
        }
        one.answered().complete(granted);
    }

    /** What was decided, if anything was. Of a partition that is gone there is nothing to withdraw. */
    private Optional<Boolean> granted(Outcome<PartitionChanged> outcome) {
        return switch (outcome) {
            case Outcome.Done<PartitionChanged>(PartitionChanged now) ->
                Optional.of(!now.partition().holdsAllCommitted(brokerId));
            case Outcome.Refused<PartitionChanged>(Refusal why) ->
                why instanceof Refusal.UnknownTopic || why instanceof Refusal.UnknownPartition
                        ? Optional.of(true)
                        : Optional.empty();
        };
    }
}
