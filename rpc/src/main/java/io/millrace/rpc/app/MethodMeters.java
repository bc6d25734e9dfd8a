package io.millrace.rpc.app;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The time and the bytes of the calls of one method. Safe for all threads. */
final class MethodMeters {
    /** Few, because every peer, method and status has a series for each of them. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final String name;
    private final Tags tags;
    private final Counter received;
    private final Counter sent;
    private final Map<Status.Code, Timer> timers = new ConcurrentHashMap<>();

    private MethodMeters(MeterRegistry registry, String name, Tags tags) {
        this.registry = registry;
        this.name = name;
        this.tags = tags;
        this.received = bytes("in");
        this.sent = bytes("out");
    }

    /** The meters of every method that is called, made at its first call. */
    static final class Table {
        private final MeterRegistry registry;
        private final String name;
        private final Tags tags;
        private final Map<String, MethodMeters> methods = new ConcurrentHashMap<>();

        Table(MeterRegistry registry, String name, Tags tags) {
            this.registry = registry;
            this.name = name;
            this.tags = tags;
        }

        MethodMeters of(String fullMethodName) {
            return methods.computeIfAbsent(
                    fullMethodName, full -> new MethodMeters(registry, name, tags.and("method", shortened(full))));
        }

        /** For example BrokerService.Append. */
        private static String shortened(String fullMethodName) {
            return fullMethodName.substring(fullMethodName.lastIndexOf('.') + 1).replace('/', '.');
        }
    }

    /** Messages came in; a transport that does not know their size says -1. */
    void received(long bytes) {
        received.increment((double) Math.max(0, bytes));
    }

    /** Messages went out; a transport that does not know their size says -1. */
    void sent(long bytes) {
        sent.increment((double) Math.max(0, bytes));
    }

    void ended(Status status, long nanos) {
        timers.computeIfAbsent(status.getCode(), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Status.Code status) {
        return Timer.builder(name)
                .description("Time of a call between processes, from its beginning to its end")
                .tags(tags)
                .tag("status", status.name())
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private Counter bytes(String direction) {
        return Counter.builder(name + ".bytes")
                .description("Bytes of the messages of calls between processes")
                .tags(tags)
                .tag("direction", direction)
                .register(registry);
    }
}
