package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallDeadlineTest {
    private static final Duration MOST = Duration.ofMinutes(5);

    @Test
    void aCallWithoutADeadlineMayWaitTheMost() {
        assertThat(CallDeadline.within(MOST)).isEqualTo(MOST);
    }

    @Test
    void aCallWaitsNoLongerThanItsClient() throws Exception {
        assertThat(withDeadlineIn(10)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aDeadlineBehindTheMostChangesNothing() throws Exception {
        assertThat(withDeadlineIn(3_600)).isEqualTo(MOST);
    }

    private static Duration withDeadlineIn(long seconds) throws Exception {
        try (ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
                Context.CancellableContext call =
                        Context.current().withDeadline(Deadline.after(seconds, TimeUnit.SECONDS), timers)) {
            return call.call(() -> CallDeadline.within(MOST));
        }
    }
}
