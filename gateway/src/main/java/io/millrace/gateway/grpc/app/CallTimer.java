package io.millrace.gateway.grpc.app;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.gateway.app.RequestTimers;

/**
 * Times every call, from its headers to its end. A tracer and no interceptor, because an interceptor would stand between
 * the calls and their readiness.
 */
final class CallTimer extends ServerStreamTracer.Factory {
    private final MeterRegistry meters;

    CallTimer(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        Timer.Sample sample = Timer.start(meters);
        return new ServerStreamTracer() {
            private volatile boolean known;

            @Override
            public void serverCallStarted(ServerCallInfo<?, ?> call) {
                known = true;
            }

            @Override
            public void streamClosed(Status status) {
                // Names of methods that do not exist come from clients, who could make endless series of them.
                String operation = known ? operation(fullMethodName) : "unknown";
                sample.stop(RequestTimers.of(
                        meters, "grpc", operation, status.getCode().name()));
            }
        };
    }

    /** For example ProducerService.Produce. */
    private static String operation(String fullMethodName) {
        return fullMethodName.substring(fullMethodName.lastIndexOf('.') + 1).replace('/', '.');
    }
}
