package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundStartTest {
    private final CountDownLatch peersAreThere = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PartStart inBackground = new BackgroundStart("a-service", ended::countDown);

    @Test
    void whoStartsAPartDoesNotWaitForIt() {
        inBackground.run(() -> {
            await(peersAreThere);
            started.countDown();
        });

        assertThat(started.getCount()).isOne();
        peersAreThere.countDown();
        await(started);
    }

    @Test
    void aPartThatCannotStartEndsTheProcess() {
        inBackground.run(() -> {
            throw new IllegalStateException("Its disk belongs to another.");
        });

        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
