package io.millrace.gateway.kafka.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.gateway.app.RequestTimers;
import io.millrace.gateway.kafka.handler.CallObserver;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.network.KafkaServer;
import io.millrace.gateway.kafka.network.NetworkObserver;
import io.millrace.gateway.kafka.wire.Reply;
import io.millrace.gateway.kafka.wire.RequestHead;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.protocol.ApiKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times what Kafka clients do, and logs what ends their connections. */
final class KafkaMetrics implements CallObserver, NetworkObserver {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaMetrics.class);
    private static final int OUTCOMES = 3;

    private final MeterRegistry meters;
    private final Clock clock;
    private final ConcurrentHashMap<Integer, Timer> timers = new ConcurrentHashMap<>();
    private final Counter connected;
    private final Counter refused;
    private final Counter throttledConnections;
    private final Map<QuotaKind, Timer> throttles = new EnumMap<>(QuotaKind.class);
    private final Counter hungUp;

    KafkaMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.connected = counter("millrace.gateway.kafka.connections", "Connections that were taken");
        this.refused = counter("millrace.gateway.kafka.connections.refused", "Connections beyond the limit");
        this.throttledConnections = counter(
                "millrace.gateway.kafka.connections.throttled", "Connections beyond the quota of their address");
        for (QuotaKind kind : QuotaKind.values()) {
            if (!kind.forAddresses()) {
                throttles.put(
                        kind,
                        Timer.builder("millrace.gateway.kafka.throttle")
                                .description("How long clients have to wait because of their quotas")
                                .tag("quota", kind.configName())
                                .register(meters));
            }
        }
        this.hungUp = counter("millrace.gateway.kafka.hangups", "Connections that this gateway ended");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    static void gauges(MeterRegistry registry, KafkaDoor door) {
        gauge(door, "millrace.gateway.kafka.connections.open", KafkaServer::connections)
                .description("Connections of Kafka clients")
                .register(registry);
        gauge(door, "millrace.gateway.kafka.in.flight", KafkaServer::bytesInFlight)
                .description("Requests of Kafka clients, whole or in part, that are not yet answered")
                .baseUnit("bytes")
                .register(registry);
        gauge(door, "millrace.gateway.kafka.unsent", KafkaServer::heldBytes)
                .description("Answers in memory that Kafka clients have not taken")
                .baseUnit("bytes")
                .register(registry);
    }

    private static Gauge.Builder<KafkaDoor> gauge(KafkaDoor door, String name, ToDoubleFunction<KafkaServer> value) {
        return Gauge.builder(name, door, now -> {
            KafkaServer server = now.server();
            return server == null ? 0 : value.applyAsDouble(server);
        });
    }

    @Override
    public void replied(RequestHead head, Client client, Reply reply, long startNanos) {
        int outcome = switch (reply) {
            case Reply.Frame ignored -> 0;
            case Reply.Nothing ignored -> 1;
            case Reply.Hangup ignored -> 2;
        };
        timers.computeIfAbsent(head.apiKey() * OUTCOMES + outcome, ignored -> timer(head.apiKey(), reply))
                .record(clock.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void throttled(QuotaKind kind, int millis) {
        Objects.requireNonNull(throttles.get(kind)).record(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void throttled(InetAddress address, Duration hold) {
        throttledConnections.increment();
    }

    private Timer timer(short apiKey, Reply reply) {
        // A number that is no API comes from a client, who could make endless series of them.
        String api = ApiKeys.hasId(apiKey) ? ApiKeys.forId(apiKey).name : "unknown";
        return RequestTimers.of(meters, "kafka", api, reply instanceof Reply.Hangup ? "HANGUP" : "OK");
    }

    @Override
    public void failed(RequestHead head, Client client, Throwable bug) {
        LOG.error("A request of API {} in version {} failed", head.apiKey(), head.version(), bug);
    }

    @Override
    public void connected(Client client) {
        connected.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void hungUp(Client client, String reason) {
        hungUp.increment();
        LOG.info("Ended the connection of {} because of {}.", client.address(), reason);
    }

    @Override
    public void bug(Client client, Throwable bug) {
        LOG.error("A bug in the connection of {}", client.address(), bug);
    }
}
