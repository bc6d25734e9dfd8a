package io.millrace.controller.app;

import io.millrace.rpc.app.ListeningPort;
import org.springframework.context.SmartLifecycle;

/** Joins the election once the process listens, so that whoever is told of its controller can reach it at once. */
final class ControllerLifecycle implements SmartLifecycle {
    /** After the server for other processes, before a broker in the same process. */
    static final int PHASE = 500;

    private final ControllerProcess process;
    private final ListeningPort port;
    private volatile boolean running;

    ControllerLifecycle(ControllerProcess process, ListeningPort port) {
        this.process = process;
        this.port = port;
    }

    @Override
    public void start() {
        running = true;
        process.start(port.number());
    }

    @Override
    public void stop() {
        running = false;
        process.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
