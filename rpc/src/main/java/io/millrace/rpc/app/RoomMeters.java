package io.millrace.rpc.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.rpc.client.ClientRoom;
import io.millrace.rpc.server.ServerRoom;

/** Shows the bytes that a process holds for others, or has with them. */
public final class RoomMeters {
    private RoomMeters() {}

    /** For a broker that answers other processes. */
    public static void ofBroker(MeterRegistry registry, ServerRoom room) {
        Gauge.builder("millrace.broker.requests.in.flight", room, ServerRoom::requestBytes)
                .description("Requests of other processes that are not yet answered")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("millrace.broker.answers.in.flight", room, ServerRoom::answerBytes)
                .description("Records that are read for other processes and not yet sent")
                .baseUnit("bytes")
                .register(registry);
    }

    /** For a gateway that asks brokers. */
    public static void ofGateway(MeterRegistry registry, ClientRoom room) {
        Gauge.builder("millrace.gateway.broker.requests.in.flight", room, ClientRoom::requestBytes)
                .description("Requests to brokers that are not yet answered")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("millrace.gateway.broker.answers.in.flight", room, ClientRoom::answerBytes)
                .description("Answers of brokers that are coming in")
                .baseUnit("bytes")
                .register(registry);
    }
}
