package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An append that waits for its call. It either leaves for the broker or is over, whichever is first: one that is told to
 * have stayed here is surely not stored. Safe for any thread.
 */
final class WaitingAppend {
    /** By how much the deadlines of appends in one call may differ. */
    private static final Duration ALIKE = Duration.ofSeconds(1);

    /** Deadlines beyond this mean the same. */
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private final AppendRequest request;
    private final List<TopicPartition> partitions;
    private final long bytes;
    private final Duration timeout;
    private final long deadlineNanos;
    private final CompletableFuture<List<Outcome<Appended>>> answer = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();

    WaitingAppend(AppendRequest request, long nowNanos) {
        this.request = request;
        this.partitions =
                request.parts().stream().map(AppendRequest.Part::partition).toList();
        this.bytes = request.parts().stream()
                .mapToLong(part -> part.batch().remaining())
                .sum();
        this.timeout = request.timeout().compareTo(TIMEOUT_MAX) < 0 ? request.timeout() : TIMEOUT_MAX;
        this.deadlineNanos = nowNanos + timeout.toNanos();
    }

    Acks acks() {
        return request.acks();
    }

    List<AppendRequest.Part> parts() {
        return request.parts();
    }

    /** To which it appends. */
    List<TopicPartition> partitions() {
        return partitions;
    }

    /** Of all its batches. */
    long bytes() {
        return bytes;
    }

    CompletableFuture<List<Outcome<Appended>>> answer() {
        return answer;
    }

    long nanosLeft(long nowNanos) {
        return deadlineNanos - nowNanos;
    }

    /** Whether both may go in one call: that is acknowledged as a whole, and waits for as long as one of them. */
    boolean isLike(WaitingAppend other) {
        return request.acks() == other.request.acks()
                && Math.abs(deadlineNanos - other.deadlineNanos) <= ALIKE.toNanos();
    }

    /** Whether it will not leave any more, or has left. */
    boolean isOver() {
        return decided.get();
    }

    /** Decides that it goes to the broker now, or never does; returns false when that is decided already. */
    boolean leave() {
        return decided.compareAndSet(false, true);
    }

    /** It does not go to the broker any more, if it has not yet. */
    void stay() {
        if (leave()) {
            answer.complete(neverSent());
        }
    }

    /** Ends the wait at its deadline, or when it is cancelled, unless it has left by then. */
    void whileItWaits(EventLoop timers, Runnable over) {
        if (decided.get()) {
            return;
        }
        EventLoop.Timer timer = timers.schedule(timeout, () -> {
            stay();
            over.run();
        });
        var _ = answer.whenComplete((_, _) -> timer.cancel());
        whenCancelled(() -> {
            if (leave()) {
                over.run();
            }
        });
    }

    void whenCancelled(Runnable action) {
        var _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                action.run();
            }
        });
    }

    private List<Outcome<Appended>> neverSent() {
        return parts().stream()
                .map(part -> Outcome.<Appended>refused(new Refusal.LeaderNotAvailable(
                        part.partition(),
                        "The append to partition " + part.partition()
                                + " was not sent: its leader has not answered those before it.")))
                .toList();
    }
}
