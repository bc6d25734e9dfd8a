package io.millrace.core.environment.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadEventLoopsTest {
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final ThreadEventLoops loops = new ThreadEventLoops("test", 2, (thread, bug) -> bugs.add(bug));

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void tasksRunInTheOrderOfTheirPosting() throws Exception {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1000);

        IntStream.range(0, 1000)
                .forEach(i -> loop(0).post(() -> {
                    ran.add(i);
                    done.countDown();
                }));

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void everyPostWakesASleepingLoop() throws Exception {
        for (int i = 0; i < 2000; i++) {
            CompletableFuture<Boolean> answered = new CompletableFuture<>();
            loop(0).post(() -> loop(1).post(() -> answered.complete(true)));
            assertThat(answered.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anExceptionGoesToTheHandlerAndTheLoopGoesOn() throws Exception {
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        IllegalStateException bug = new IllegalStateException("planted");

        loop(0).post(() -> {
            throw bug;
        });
        loop(0).post(() -> after.complete(true));

        assertThat(after.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bugs).containsExactly(bug);
    }

    @Test
    void aScheduledTaskRunsNotBeforeItsDelay() throws Exception {
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        long start = System.nanoTime();

        loop(0).schedule(Duration.ofMillis(20), () -> ranAt.complete(System.nanoTime()));

        assertThat(ranAt.get(10, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(20_000_000L);
    }

    @Test
    void aCancelledTaskNeverRuns() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> later = new CompletableFuture<>();

        EventLoop.Timer cancelled = loop(0).schedule(Duration.ofMillis(10), () -> ran.add("cancelled"));
        loop(0).schedule(Duration.ofMillis(30), () -> later.complete(true));
        cancelled.cancel();

        assertThat(later.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEmpty();
    }

    @Test
    void aLoopKnowsItsOwnThread() throws Exception {
        CompletableFuture<Boolean> own = new CompletableFuture<>();

        loop(0).post(() -> own.complete(loop(0).isCurrent() && !loop(1).isCurrent()));

        assertThat(own.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loop(0).isCurrent()).isFalse();
    }

    @Test
    void closingRunsWhatWasPostedBefore() {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        IntStream.range(0, 200).forEach(i -> loop(0).post(() -> ran.add(i)));

        loops.close();

        assertThat(ran).hasSize(200);
    }

    private EventLoop loop(int index) {
        return loops.all().get(index);
    }
}
