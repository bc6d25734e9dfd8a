package io.millrace.rpc.broker;

import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The broker of core's tests on a thread of its own. */
final class TwinBroker implements AutoCloseable {
    private final ThreadEventLoops loops =
            new ThreadEventLoops("twin", 1, (thread, bug) -> bug.printStackTrace(System.err));
    private final InMemoryBroker broker = new InMemoryBroker(loops.all().getFirst(), new SystemClock());

    InMemoryBroker broker() {
        return broker;
    }

    /** Returns when the topic is there. */
    void createTopic(String name, int partitions, Map<String, String> configs) {
        broker.createTopic(name, partitions, configs);
        broker.describe(new DescribePartitionsRequest(List.of()))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        loops.close();
    }
}
