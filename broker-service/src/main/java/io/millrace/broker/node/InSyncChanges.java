package io.millrace.broker.node;

import io.millrace.broker.partitions.InSyncRequests;
import io.millrace.broker.replication.leader.InSyncAnswer;
import io.millrace.broker.replication.leader.InSyncWish;
import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the wishes of all leaders of this broker to the controller: one request at a time, with all that has gathered while
 * the one before was under way. Confined to the control loop, but for {@link #request}.
 */
final class InSyncChanges implements InSyncRequests {
    /** Partitions in one request. */
    static final int PARTS_MAX = 1000;

    /** A request that has no answer after so long is sent again; what became of it is unknown. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** After an answer that tells nothing. */
    static final Duration BACKOFF = Duration.ofMillis(100);

    private final int brokerId;
    private final LongSupplier brokerEpoch;
    private final ControllerApi controller;
    private final EventLoop loop;
    private final BrokerObserver observer;
    private final Map<Key, Wanted> wanted = new LinkedHashMap<>();
    private @Nullable UnderWay underWay;
    private boolean backingOff;
    private boolean closed;

    /**
     * Asks for a broker.
     *
     * @param brokerEpoch of its registration, asked on the control loop
     */
    InSyncChanges(
            int brokerId, LongSupplier brokerEpoch, ControllerApi controller, EventLoop loop, BrokerObserver observer) {
        this.brokerId = brokerId;
        this.brokerEpoch = brokerEpoch;
        this.controller = controller;
        this.loop = loop;
        this.observer = observer;
    }

    private record Key(TopicId topicId, int partition) {}

    /** A wish, and whether it was sent before without an answer that tells what became of it. */
    private record Wanted(InSyncWish wish, Consumer<InSyncAnswer> answerTo, boolean wasSent) {}

    private record UnderWay(Map<Key, Wanted> parts, EventLoop.Timer patience) {}

    @Override
    public void request(TopicId topicId, int partition, InSyncWish wish, Consumer<InSyncAnswer> answerTo) {
        loop.post(() -> {
            wanted.put(new Key(topicId, partition), new Wanted(wish, answerTo, false));
            send();
        });
    }

    /** Asks for nothing any more. */
    void close() {
        closed = true;
        wanted.clear();
    }

    private void send() {
        if (closed || underWay != null || backingOff || wanted.isEmpty()) {
            return;
        }
        Map<Key, Wanted> parts = new LinkedHashMap<>();
        for (var each = wanted.entrySet().iterator(); each.hasNext() && parts.size() < PARTS_MAX; ) {
            var entry = each.next();
            parts.put(entry.getKey(), entry.getValue());
            each.remove();
        }
        AlterPartitionsRequest request = new AlterPartitionsRequest(
                brokerId,
                brokerEpoch.getAsLong(),
                parts.entrySet().stream()
                        .map(entry -> part(entry.getKey(), entry.getValue().wish()))
                        .toList());
        CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> answer = controller.alterPartitions(request);
        UnderWay sent = new UnderWay(
                parts,
                loop.schedule(
                        ANSWER_MAX,
                        () -> answer.complete(
                                Outcome.refused(new Refusal.TimedOut("The controller did not answer in time.")))));
        underWay = sent;
        var _ = answer.whenComplete((outcome, failure) -> loop.post(() -> answered(
                sent,
                outcome == null
                        ? Outcome.refused(new Refusal.ControllerNotAvailable("It could not be asked: " + failure))
                        : outcome)));
    }

    private static AlterPartitionsRequest.Part part(Key key, InSyncWish wish) {
        return new AlterPartitionsRequest.Part(
                key.topicId(),
                key.partition(),
                wish.leaderEpoch(),
                wish.partitionEpoch(),
                wish.inSync(),
                wish.highWatermark());
    }

    private void answered(UnderWay sent, Outcome<List<Outcome<PartitionChanged>>> outcome) {
        underWay = null;
        sent.patience().cancel();
        List<Outcome<PartitionChanged>> outcomes =
                outcomesOf(outcome, sent.parts().size());
        int index = 0;
        for (var entry : sent.parts().entrySet()) {
            answered(entry.getKey(), entry.getValue(), outcomes.get(index++));
        }
        send();
    }

    private static List<Outcome<PartitionChanged>> outcomesOf(
            Outcome<List<Outcome<PartitionChanged>>> outcome, int parts) {
        List<Outcome<PartitionChanged>> outcomes = new ArrayList<>(parts);
        switch (outcome) {
            case Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> each) ->
                outcomes.addAll(each.subList(0, Math.min(parts, each.size())));
            case Outcome.Refused<List<Outcome<PartitionChanged>>>(Refusal why) -> {
                // The broker's own registration is out of date, which says nothing of the partitions.
                Refusal ofEach =
                        why instanceof Refusal.StaleEpoch ? new Refusal.ControllerNotAvailable(why.message()) : why;
                for (int i = 0; i < parts; i++) {
                    outcomes.add(Outcome.refused(ofEach));
                }
            }
        }
        while (outcomes.size() < parts) {
            outcomes.add(Outcome.refused(new Refusal.ControllerNotAvailable("The answer has fewer parts than asked.")));
        }
        return outcomes;
    }

    private void answered(Key key, Wanted part, Outcome<PartitionChanged> outcome) {
        switch (outcome) {
            case Outcome.Done<PartitionChanged>(PartitionChanged done) -> {
                boolean changed =
                        done.partition().partitionEpoch() != part.wish().partitionEpoch();
                part.answerTo().accept(changed ? InSyncAnswer.WAIT_FOR_PICTURE : InSyncAnswer.REFUSED);
            }
            case Outcome.Refused<PartitionChanged>(Refusal why) -> refused(key, part, why);
        }
    }

    private void refused(Key key, Wanted part, Refusal why) {
        observer.inSyncChangeFailed(why);
        switch (why) {
            // The record has gone on, perhaps by this very wish, sent before: only the picture tells.
            case Refusal.StaleEpoch ignored -> part.answerTo().accept(InSyncAnswer.WAIT_FOR_PICTURE);
            case Refusal.UnknownTopic ignored -> part.answerTo().accept(InSyncAnswer.WAIT_FOR_PICTURE);
            case Refusal.UnknownPartition ignored -> part.answerTo().accept(InSyncAnswer.WAIT_FOR_PICTURE);
            case Refusal.NotLeader ignored -> part.answerTo().accept(InSyncAnswer.WAIT_FOR_PICTURE);
            case Refusal.ControllerNotAvailable ignored -> askAgain(key, part);
            case Refusal.TimedOut ignored -> askAgain(key, part);
            case Refusal.Overloaded ignored -> askAgain(key, part);
            case Refusal.ShuttingDown ignored -> askAgain(key, part);
            case Refusal.UnknownBroker ignored -> askAgain(key, part);
            default ->
                part.answerTo().accept(part.wasSent() ? InSyncAnswer.REFUSED_AFTER_SILENCE : InSyncAnswer.REFUSED);
        }
    }

    /** Unless the partition wants something else by now. */
    private void askAgain(Key key, Wanted part) {
        wanted.putIfAbsent(key, new Wanted(part.wish(), part.answerTo(), true));
        if (!backingOff && !closed) {
            backingOff = true;
            loop.schedule(BACKOFF, () -> {
                backingOff = false;
                send();
            });
        }
    }
}
