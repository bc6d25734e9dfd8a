package io.millrace.core.statemachine.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.contract.ReplicatedLogContract;
import java.util.function.BooleanSupplier;

class MemoryLogStoreTest extends ReplicatedLogContract {
    private final ManualEventLoop loop = new ManualEventLoop(new ManualClock());
    private final MemoryLogStore<String, String> store = new MemoryLogStore<>("log", loop, 10);

    @Override
    protected ReplicatedLog<String, String> member(LogObserver observer) {
        return store.member(observer);
    }

    @Override
    protected void expire(ReplicatedLog<String, String> member) {
        store.expire(member);
    }

    @Override
    protected void awaitMembers(int count) {
        loop.runUntilIdle();
    }

    @Override
    protected void awaitUntil(String what, BooleanSupplier condition) {
        loop.runUntilIdle();
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
