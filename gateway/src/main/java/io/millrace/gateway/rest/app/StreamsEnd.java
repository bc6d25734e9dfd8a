package io.millrace.gateway.rest.app;

import io.millrace.gateway.rest.read.OpenStreams;
import org.springframework.context.SmartLifecycle;

/** Ends streams of records before the servlet container begins to wait for open requests, which streams would never end. */
final class StreamsEnd implements SmartLifecycle {
    private final OpenStreams streams;
    private volatile boolean running;

    StreamsEnd(OpenStreams streams) {
        this.streams = streams;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        streams.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
