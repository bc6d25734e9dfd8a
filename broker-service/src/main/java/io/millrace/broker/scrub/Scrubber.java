package io.millrace.broker.scrub;

import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.Verification;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all logs, one slice at a time, and tells them of what looks like damage. State is confined to the loop, reads
 * are done by the workers; {@link #start} and {@link #close} may be called from any thread.
 */
public final class Scrubber implements AutoCloseable {
    private final ScrubOptions options;
    private final EventLoop loop;
    private final Executor workers;
    private final Clock clock;
    private final Supplier<? extends List<? extends Scrubbed>> logs;
    private final ScrubObserver observer;
    private final ScrubPace pace;
    private final Deque<Scrubbed> toDo = new ArrayDeque<>();
    private VerifyPoint at = VerifyPoint.START;
    private long passBeganNanos;
    private long passBytes;
    private int passSuspicions;
    private EventLoop.@Nullable Timer timer;
    private boolean closed;

    /**
     * A scrubber that does nothing yet.
     *
     * @param workers where reading may block
     * @param logs to look through in a pass; asked on the loop when it begins
     */
    public Scrubber(
            ScrubOptions options,
            EventLoop loop,
            Executor workers,
            Clock clock,
            Supplier<? extends List<? extends Scrubbed>> logs,
            ScrubObserver observer) {
        this.options = options;
        this.loop = loop;
        this.workers = workers;
        this.clock = clock;
        this.logs = logs;
        this.observer = observer;
        this.pace = new ScrubPace(options);
    }

    /** Begins the first pass, unless scrubbing is off. */
    public void start() {
        if (!options.isOff()) {
            loop.post(this::beginPass);
        }
    }

    /** Reads nothing any more once the slice under way is done. */
    @Override
    public void close() {
        loop.post(() -> {
            closed = true;
            toDo.clear();
            EventLoop.Timer waiting = timer;
            if (waiting != null) {
                waiting.cancel();
            }
        });
    }

    private void beginPass() {
        if (closed) {
            return;
        }
        passBeganNanos = clock.nanoTime();
        passBytes = 0;
        passSuspicions = 0;
        pace.passBegins(passBeganNanos);
        toDo.addAll(logs.get());
        at = VerifyPoint.START;
        next();
    }

    private void next() {
        if (closed) {
            return;
        }
        Scrubbed log = toDo.peek();
        if (log == null) {
            endPass();
        } else {
            log.nextStretch(at, options.sliceBytes(), found -> loop.post(() -> take(log, found)));
        }
    }

    private void take(Scrubbed log, Optional<Stretch> found) {
        if (closed) {
            return;
        }
        if (found.isEmpty()) {
            toDo.remove();
            at = VerifyPoint.START;
            next();
            return;
        }
        Stretch stretch = found.get();
        workers.execute(() -> {
            long startedNanos = clock.nanoTime();
            Verification verification = stretch.verify();
            loop.post(() -> verified(log, stretch, verification, startedNanos));
        });
    }

    private void verified(Scrubbed log, Stretch stretch, Verification verification, long startedNanos) {
        if (closed) {
            return;
        }
        int bytes = options.sliceBytes();
        switch (verification) {
            case Verification.Intact(VerifyPoint then, int intactBytes) -> {
                bytes = intactBytes;
                at = then;
                passBytes += intactBytes;
                observer.verified(intactBytes);
            }
            case Verification.Damaged(LogDamage damage) -> {
                at = VerifyPoint.endOf(stretch.from().segment());
                passSuspicions++;
                log.suspected(damage);
            }
        }
        Duration pause = pace.afterReading(bytes, startedNanos, clock.nanoTime());
        timer = loop.schedule(pause, this::next);
    }

    private void endPass() {
        long now = clock.nanoTime();
        observer.passEnded(passBytes, passSuspicions, Duration.ofNanos(now - passBeganNanos));
        timer = loop.schedule(pace.untilNextPass(now), this::beginPass);
    }
}
