package io.millrace.gateway.kafka.app;

import io.millrace.core.model.Endpoint;
import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.configs.DoorSettings;
import io.millrace.gateway.kafka.network.NetworkOptions;
import io.millrace.gateway.quota.QuotaMeters;
import io.millrace.gateway.quota.QuotaWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The Kafka door and its limits.
 *
 * @param address where the default listener listens
 * @param port of the default listener; 0 takes any
 * @param advertised where clients of the default listener find brokers: {@code host:port}, with {@code {broker}} in the host or
 *     {@code +{broker}} behind the port when each broker has an address of its own; empty for the listener's own address
 * @param listeners further listeners by name
 * @param autoCreateTopics whether topics are created when clients name them
 * @param networkThreads threads that read, serve and write connections
 * @param maxFrame the largest request (socket.request.max.bytes); no larger than maxInFlight in any case
 * @param maxInFlight requests in this process, whole or in part, that are not yet answered (queued.max.request.bytes); 0 for a
 *     quarter of the heap, and at most 128 MB
 * @param maxRequestsPerConnection requests of one connection that are not yet answered; it is not read on meanwhile
 * @param maxConnections connections at the same time; further ones are closed at once
 * @param maxIdle silence after which a connection is closed (connections.max.idle.ms)
 * @param maxFrameTime how long a request may take to arrive once it has begun
 * @param maxUnsentPerConnection answers of one connection, in memory, that its client has not taken: it is not read on meanwhile,
 *     and a fetch brings no more. Answers that go from files to sockets do not count
 * @param maxUnsent the same of all connections, from which on each fetch brings little; 0 for a quarter of the heap, and at most 128 MB
 * @param quotas how the quotas of clients are metered
 */
@ConfigurationProperties("millrace.gateway.kafka")
public record KafkaProperties(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("9092") int port,
        @DefaultValue("") String advertised,
        @DefaultValue Map<String, Listener> listeners,
        @DefaultValue("true") boolean autoCreateTopics,
        @DefaultValue("2") int networkThreads,
        @DefaultValue("100MB") DataSize maxFrame,
        @DefaultValue("0MB") DataSize maxInFlight,
        @DefaultValue("64") int maxRequestsPerConnection,
        @DefaultValue("10000") int maxConnections,
        @DefaultValue("10m") Duration maxIdle,
        @DefaultValue("30s") Duration maxFrameTime,
        @DefaultValue("8MB") DataSize maxUnsentPerConnection,
        @DefaultValue("0MB") DataSize maxUnsent,
        @DefaultValue Quotas quotas) {
    /** The name of the listener that is always there. */
    public static final String DEFAULT_LISTENER = "default";

    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");
    private static final DataSize FRAME_MIN = DataSize.ofKilobytes(1);
    private static final DataSize FRAME_MAX = DataSize.ofMegabytes(1_024);
    private static final int PORT_MAX = 65_535;
    private static final long SHARE_MAX = DataSize.ofMegabytes(128).toBytes();
    private static final DataSize UNSENT_MIN = DataSize.ofKilobytes(64);
    private static final int SHARE_OF_HEAP = 4;

    /**
     * A further listener.
     *
     * @param address where it listens
     * @param port 0 takes any
     * @param advertised as for the default listener
     */
    public record Listener(
            @DefaultValue("127.0.0.1") String address,
            int port,
            @DefaultValue("") String advertised) {
        public Listener {
            require(port >= 0 && port <= PORT_MAX, "listeners.*.port");
        }
    }

    /**
     * The time over which quotas are metered: so many samples of that length, an hour at most.
     *
     * @param windowSamples quota.window.num
     * @param windowSample quota.window.size.seconds
     * @param mutationWindowSamples controller.quota.window.num
     * @param mutationWindowSample controller.quota.window.size.seconds
     */
    public record Quotas(
            @DefaultValue("11") int windowSamples,
            @DefaultValue("1s") Duration windowSample,
            @DefaultValue("11") int mutationWindowSamples,
            @DefaultValue("1s") Duration mutationWindowSample) {
        public Quotas {
            require(isWindow(windowSamples, windowSample), "quotas.window-samples or .window-sample");
            require(
                    isWindow(mutationWindowSamples, mutationWindowSample),
                    "quotas.mutation-window-samples or .mutation-window-sample");
        }

        /** Kafka's clients are told whole seconds, and who is silent for longer than a window must not have been forgotten before. */
        private static boolean isWindow(int samples, Duration sample) {
            return samples >= 2
                    && sample.isPositive()
                    && sample.toNanosPart() == 0
                    && sample.compareTo(QuotaMeters.IDLE_MAX.dividedBy(samples)) <= 0;
        }

        QuotaWindow rates() {
            return new QuotaWindow(windowSamples, windowSample);
        }

        QuotaWindow mutations() {
            return new QuotaWindow(mutationWindowSamples, mutationWindowSample);
        }
    }

    public KafkaProperties {
        require(port >= 0 && port <= PORT_MAX, "port");
        require(!listeners.containsKey(DEFAULT_LISTENER), "listeners." + DEFAULT_LISTENER);
        require(networkThreads > 0, "network-threads");
        require(maxFrame.compareTo(FRAME_MIN) >= 0 && maxFrame.compareTo(FRAME_MAX) <= 0, "max-frame");
        require(!maxInFlight.isNegative(), "max-in-flight");
        require(maxRequestsPerConnection > 0, "max-requests-per-connection");
        require(maxConnections > 0, "max-connections");
        require(maxIdle.isPositive(), "max-idle");
        require(maxFrameTime.isPositive(), "max-frame-time");
        require(maxUnsentPerConnection.compareTo(UNSENT_MIN) >= 0, "max-unsent-per-connection");
        require(!maxUnsent.isNegative(), "max-unsent");
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.gateway.kafka." + name + " is out of its range");
        }
    }

    /** The default listener and the further ones, by name. */
    SortedMap<String, Listener> allListeners() {
        SortedMap<String, Listener> all = new TreeMap<>(listeners);
        all.put(DEFAULT_LISTENER, new Listener(address, port, advertised));
        return all;
    }

    /**
     * Where Kafka clients get straight to a broker that shares this process. Others have to know before the listeners are open;
     * throws IllegalArgumentException with what is to be set where they cannot.
     */
    public List<Endpoint> endpointsOf(int brokerId) {
        List<Endpoint> endpoints = new ArrayList<>();
        allListeners().forEach((name, listener) -> {
            AdvertisedAddress known = knownBefore(name, listener);
            endpoints.add(new Endpoint(Endpoint.kafka(name), known.hostOf(brokerId), known.portOf(brokerId)));
        });
        return endpoints;
    }

    private static AdvertisedAddress knownBefore(String name, Listener listener) {
        if (!listener.advertised().isEmpty()) {
            return AdvertisedAddress.parse(listener.advertised());
        }
        if (listener.port() == 0 || ANY_ADDRESS.contains(listener.address())) {
            throw new IllegalArgumentException(
                    "The cluster has to know where Kafka clients find this broker: the listener '"
                            + name + "' at " + listener.address() + ":" + listener.port()
                            + " needs a setting \"advertised\" with host:port.");
        }
        return new AdvertisedAddress(listener.address(), listener.port(), false);
    }

    private long bytesInFlightMax() {
        return orShareOfHeap(maxInFlight);
    }

    private static long orShareOfHeap(DataSize size) {
        return size.toBytes() > 0
                ? size.toBytes()
                : Math.min(SHARE_MAX, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    private int frameBytesMax() {
        return (int) Math.min(maxFrame.toBytes(), bytesInFlightMax());
    }

    /** The same for those who ask for the configs of a broker. */
    DoorSettings settings() {
        return new DoorSettings(
                autoCreateTopics,
                networkThreads,
                frameBytesMax(),
                bytesInFlightMax(),
                maxConnections,
                maxIdle,
                new DoorSettings.QuotaWindows(quotas.rates(), quotas.mutations()));
    }

    /** The same for the connections. */
    NetworkOptions options(boolean recordsInMemory) {
        return new NetworkOptions(
                networkThreads,
                frameBytesMax(),
                bytesInFlightMax(),
                maxRequestsPerConnection,
                maxConnections,
                maxIdle,
                maxFrameTime,
                maxUnsentPerConnection.toBytes(),
                orShareOfHeap(maxUnsent),
                recordsInMemory);
    }
}
