package io.millrace.gateway.rest.app;

import io.millrace.gateway.rest.read.OpenStreams;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends streams of records before any server begins to wait for open requests, which streams would never end: this event
 * comes before any lifecycle stops.
 */
final class StreamsEnd implements ApplicationListener<ContextClosedEvent> {
    private final OpenStreams streams;

    StreamsEnd(OpenStreams streams) {
        this.streams = streams;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        streams.stop();
    }
}
