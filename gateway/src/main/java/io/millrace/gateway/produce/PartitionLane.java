package io.millrace.gateway.produce;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.LeaderWait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of records into one partition. One append is under way at a time, which keeps the order also when an append
 * must be tried again; meanwhile records gather for the next, so that batches grow with the load and a lone record waits
 * for nothing but the linger. Confined to the loop.
 *
 * <pre>
 *            add                    flush                 answered, queue empty
 *   idle ----------> lingering ----------> appending ------------------------> idle
 *                                    ^        |  |
 *                                    |        |  | answered, more queued: appending the next
 *                                    |        | refused for the moment
 *                                    |        v
 *        another leader or a while --- backing off
 * </pre>
 */
final class PartitionLane {
    private enum State {
        IDLE,
        LINGERING,
        APPENDING,
        BACKING_OFF
    }

    /** How long the answer of a leader that is none any more may be on its way. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final TopicPartition partition;
    private final EventLoop loop;
    private final ProducerEnvironment environment;
    private final Runnable whenIdle;
    private final Deque<RecordRun> queue = new ArrayDeque<>();
    private State state = State.IDLE;
    /** The picture by which the latest append was sent, or could not be. */
    private ClusterImage routedBy = ClusterImage.empty("");
    /** The append that is under way, unless it has been given up. */
    private @Nullable CompletableFuture<?> underWay;
    /** When the first of a row of refusals for the moment came, if the latest answer was one. */
    private @Nullable Long refusedSinceNanos;

    /** An idle lane; it says when it is idle again, and may be forgotten then. */
    PartitionLane(TopicPartition partition, EventLoop loop, ProducerEnvironment environment, Runnable whenIdle) {
        this.partition = partition;
        this.loop = loop;
        this.environment = environment;
        this.whenIdle = whenIdle;
    }

    void add(RecordRun run) {
        queue.add(run);
        if (state == State.IDLE) {
            state = State.LINGERING;
            after(environment.options().linger());
        }
    }

    private void after(Duration delay) {
        if (delay.isZero()) {
            // Behind what is posted already: records that have arrived by now still join.
            loop.post(this::flush);
        } else {
            loop.schedule(delay, this::flush);
        }
    }

    private void flush() {
        dropUnwanted();
        if (queue.isEmpty()) {
            rest();
            return;
        }
        routedBy = environment.view().image();
        Optional<TopicImage> topic = routedBy.topic(partition.topic());
        Optional<PartitionImage> target = topic.flatMap(found -> found.partition(partition.partition()));
        if (target.isEmpty()) {
            refuseQueued(new Refusal.UnknownTopic(partition.topic()));
        } else if (target.get().leader() == PartitionImage.NO_LEADER) {
            tryAgainOrRefuse(new Refusal.LeaderNotAvailable(partition));
        } else {
            append(gather(topic.orElseThrow()), target.get().leaderEpoch());
        }
    }

    private GatheredBatch gather(TopicImage topic) {
        int allowed = RecordRouting.maxMessageBytes(topic);
        return GatheredBatch.from(queue, Math.min(environment.options().batchBytesMax(), allowed));
    }

    private void append(GatheredBatch batch, int leaderEpoch) {
        state = State.APPENDING;
        AppendRequest.Part part = new AppendRequest.Part(partition, leaderEpoch, batch.build());
        int batchBytes = part.batch().remaining();
        Duration timeout = batch.timeLeft(environment.clock().nanoTime());
        CompletableFuture<List<Outcome<Appended>>> call =
                environment.brokers().append(new AppendRequest(List.of(part), batch.acks(), timeout));
        underWay = call;
        var _ = call.whenComplete((outcomes, lost) -> loop.post(() -> answered(batch, batchBytes, outcomes)));
    }

    /**
     * Looks at a new picture. A leader that is none any more answers at once what it had taken, if it can; one that hangs or
     * cannot be reached would be waited for in vain, and everything behind it with it.
     */
    void see(ClusterImage now) {
        CompletableFuture<?> call = underWay;
        if (state == State.APPENDING && call != null && LeaderWait.isLedAnew(routedBy, now, partition)) {
            underWay = null;
            loop.schedule(FAREWELL, () -> call.cancel(false));
        }
    }

    /** Takes the answer, or null when the connection was lost before it came. */
    private void answered(GatheredBatch batch, int batchBytes, @Nullable List<Outcome<Appended>> outcomes) {
        Outcome<Appended> outcome = outcomes == null
                ? Outcome.refused(new Refusal.TimedOut("The broker of partition " + partition
                        + " was lost before it answered; the record may be stored nevertheless."))
                : outcomes.getFirst();
        switch (outcome) {
            case Outcome.Done<Appended>(Appended appended) -> {
                refusedSinceNanos = null;
                environment.observer().batchAppended(batch.recordCount(), batchBytes);
                batch.settleAppended(partition.partition(), appended);
                flush();
            }
            case Outcome.Refused<Appended>(Refusal refusal)
            when BrokerRetry.passes(refusal) -> {
                batch.returnTo(queue);
                tryAgainOrRefuse(refusal);
            }
            case Outcome.Refused<Appended>(Refusal refusal) -> {
                refusedSinceNanos = null;
                environment.observer().recordsRefused(batch.recordCount());
                batch.settleRefused(refusal);
                flush();
            }
        }
    }

    private void tryAgainOrRefuse(Refusal refusal) {
        long now = environment.clock().nanoTime();
        long since = refusedSinceNanos == null ? now : refusedSinceNanos;
        refusedSinceNanos = since;
        if (now - since >= environment.options().retryFor().toNanos()) {
            refuseQueued(refusal);
        } else {
            state = State.BACKING_OFF;
            environment.observer().batchRetried();
            LeaderWait.then(
                    environment.view(),
                    routedBy,
                    List.of(partition),
                    loop,
                    environment.options().retryBackoff(),
                    this::flush);
        }
    }

    private void refuseQueued(Refusal refusal) {
        Outcome<Produced> refused = Outcome.refused(refusal);
        // Settling may bring new calls, but those are posted: they do not land in this queue meanwhile.
        for (RecordRun run = queue.poll(); run != null; run = queue.poll()) {
            environment.observer().recordsRefused(run.size());
            run.settleAll(refused);
        }
        rest();
    }

    private void rest() {
        state = State.IDLE;
        whenIdle.run();
    }

    /** Records whose callers have been told that the time is over must not be stored any more. */
    private void dropUnwanted() {
        queue.removeIf(run -> {
            boolean unwanted = run.call().isAnswered();
            if (unwanted) {
                run.settleAll(ProduceCall.timedOut(run.call().options()));
            }
            return unwanted;
        });
    }
}
