package io.millrace.core.api.twin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.contract.BrokerApiContract;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class InMemoryBrokerTest extends BrokerApiContract {
    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final InMemoryBroker broker = new InMemoryBroker(loop, clock);

    @Override
    protected BrokerApi broker() {
        return broker;
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        broker.createTopic(name, partitions, configs);
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        settle();
        for (int i = 0; i < 3000 && !future.isDone(); i++) {
            clock.advance(Duration.ofMillis(10));
            settle();
        }
        return future.resultNow();
    }

    @Override
    protected void settle() {
        loop.runUntilIdle();
    }
}
