package io.millrace.controller.node;

import io.millrace.controller.control.ControlOptions;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ControllerApiContract;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.simulated.MemoryLogStore;
import org.junit.jupiter.api.BeforeEach;

class MemoryControllerContractTest extends ControllerApiContract {
    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final ControllerNode node = new ControllerNode(
            new ControllerNode.Doors(loop, loop::post, clock, new SeededRandomness(1)),
            new MemoryLogStore<MetadataKey, MetadataRecord>("cluster", loop, 10).member(LogObserver.NONE),
            ControlOptions.DEFAULTS);

    @BeforeEach
    void start() {
        node.start(new LogMember("controller-0", "localhost", 0));
        loop.runUntilIdle();
    }

    @Override
    protected ControllerApi controller() {
        return node;
    }

    @Override
    protected void settle() {
        loop.runUntilIdle();
    }
}
