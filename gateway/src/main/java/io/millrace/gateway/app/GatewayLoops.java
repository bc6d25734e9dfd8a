package io.millrace.gateway.app;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.live.ThreadEventLoops;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the gateway's domain. */
public final class GatewayLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoops.class);

    private final ThreadEventLoops loops;

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

    @Override
    public void close() {
        loops.close();
    }
}
