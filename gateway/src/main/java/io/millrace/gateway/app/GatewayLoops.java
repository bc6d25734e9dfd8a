package io.millrace.gateway.app;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.live.ThreadEventLoops;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the gateway's domain. */
public final class GatewayLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoops.class);

    private final ThreadEventLoops loops;
    private final ExecutorService blocking = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gateway-read-", 0).factory());

    GatewayLoops(int count) {
        loops = new ThreadEventLoops(
                "gateway", count, (thread, bug) -> LOG.error("A bug on {}", thread.getName(), bug));
    }

    List<EventLoop> all() {
        return loops.all();
    }

    /** The loop whose timers serve what has no loop of its own. */
    EventLoop timers() {
        return loops.all().getFirst();
    }

    /** Where reading from disks and decompressing happens: a virtual thread each. */
    Executor blocking() {
        return blocking;
    }

    @Override
    public void close() {
        blocking.close();
        loops.close();
    }
}
