package io.millrace.gateway.grpc.app;

import io.millrace.gateway.grpc.OpenCalls;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Ends endless calls before the server begins to wait for open ones: this event comes before any lifecycle stops. */
final class CallsEnd implements ApplicationListener<ContextClosedEvent> {
    private final OpenCalls calls;

    CallsEnd(OpenCalls calls) {
        this.calls = calls;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        calls.stop();
    }
}
