package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

class BackgroundStartTest {
    private final CountDownLatch peersAreThere = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void whoStartsItDoesNotWait() throws Exception {
        Part part = new Part(() -> {
            await(peersAreThere);
            started.countDown();
        });

        new BackgroundStart("a-service", part, ended::countDown).start();

        assertThat(started.getCount()).isOne();
        peersAreThere.countDown();
        await(started);
    }

    @Test
    void aPartThatCannotStartEndsTheProcess() throws Exception {
        Part part = new Part(() -> {
            throw new IllegalStateException("Its disk belongs to another.");
        });

        new BackgroundStart("a-service", part, ended::countDown).start();

        await(ended);
    }

    @Test
    void aPartThatStillWaitsIsStopped() {
        Part part = new Part(() -> await(peersAreThere));
        BackgroundStart start = new BackgroundStart("a-service", part, ended::countDown);
        start.start();

        start.stop();

        assertThat(part.stopped).isTrue();
        assertThat(start.isRunning()).isFalse();
        peersAreThere.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Part implements SmartLifecycle {
        private final Runnable work;
        private boolean stopped;

        Part(Runnable work) {
            this.work = work;
        }

        @Override
        public void start() {
            work.run();
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public boolean isRunning() {
            return !stopped;
        }
    }
}
