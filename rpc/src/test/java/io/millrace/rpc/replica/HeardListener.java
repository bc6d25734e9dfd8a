package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A follower that keeps what it hears, one part or end after the other. */
final class HeardListener implements ReplicaListener {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Takes nothing in until {@link #goOn}. */
    void stop() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    @Override
    public void onParts(List<ReplicaPart> parts) {
        alone(() -> heard.addAll(parts));
    }

    @Override
    public void onClosed(Refusal why) {
        alone(() -> heard.add(why));
    }

    private void alone(Runnable hearing) {
        if (inside.getAndIncrement() > 0) {
            overlaps.incrementAndGet();
        }
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test has not opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hearing.run();
        inside.decrementAndGet();
    }

    ReplicaPart nextPart() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(ReplicaPart.class);
        return (ReplicaPart) next;
    }

    Refusal nextEnd() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(Refusal.class);
        return (Refusal) next;
    }

    private Object next() throws InterruptedException {
        Object next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("something that the leader said").isNotNull();
        return next;
    }

    boolean hasHeardNothingElse() {
        return heard.isEmpty();
    }

    /** How often it was called while it was called. */
    int overlaps() {
        return overlaps.get();
    }
}
