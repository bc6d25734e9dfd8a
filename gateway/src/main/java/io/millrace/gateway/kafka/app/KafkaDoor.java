package io.millrace.gateway.kafka.app;

import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import io.millrace.gateway.kafka.network.Admission;
import io.millrace.gateway.kafka.network.FrameHandler;
import io.millrace.gateway.kafka.network.KafkaServer;
import io.millrace.gateway.kafka.network.NetworkObserver;
import io.millrace.gateway.kafka.network.NetworkOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Opens the listeners when everything behind them is there, and closes them before any of that goes. */
public final class KafkaDoor implements SmartLifecycle, AdvertisedAddresses {
    private final SortedMap<String, KafkaProperties.Listener> listeners;
    private final Map<String, AdvertisedAddress> advertised = new ConcurrentHashMap<>();
    private final NetworkOptions options;
    private final FrameHandler handler;
    private final Admission admission;
    private final NetworkObserver observer;
    private volatile @Nullable KafkaServer server;
    private volatile int port;

    KafkaDoor(
            KafkaProperties properties,
            NetworkOptions options,
            HandlerMaker handler,
            Admission admission,
            NetworkObserver observer) {
        this.listeners = properties.allListeners();
        this.options = options;
        this.handler = handler.make(this);
        this.admission = admission;
        this.observer = observer;
    }

    /** Makes a handler of frames that tells clients of those addresses. */
    interface HandlerMaker {
        FrameHandler make(AdvertisedAddresses addresses);
    }

    /** The port of the default listener, once it listens. */
    public int port() {
        return port;
    }

    /** What is open, or null while nothing is. */
    @Nullable
    KafkaServer server() {
        return server;
    }

    @Override
    public BrokerAddresses of(String listener) {
        return new BrokerAddresses(listener, Objects.requireNonNull(advertised.get(listener), listener));
    }

    @Override
    public void start() {
        try {
            KafkaServer started = new KafkaServer(options, handler, admission, observer);
            server = started;
            for (Map.Entry<String, KafkaProperties.Listener> listener : listeners.entrySet()) {
                listen(started, listener.getKey(), listener.getValue());
            }
        } catch (IOException e) {
            stop();
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void listen(KafkaServer started, String name, KafkaProperties.Listener listener) throws IOException {
        if (!listener.advertised().isEmpty()) {
            advertised.put(name, AdvertisedAddress.parse(listener.advertised()));
        }
        InetSocketAddress bound =
                started.listen(name, new InetSocketAddress(listener.address(), listener.port()), address -> {
                    advertised.computeIfAbsent(
                            name, ignored -> new AdvertisedAddress(reachable(address), address.getPort(), false));
                });
        if (name.equals(KafkaProperties.DEFAULT_LISTENER)) {
            port = bound.getPort();
        }
    }

    /** An address on which nobody can be reached stands for all of this machine's. */
    private static String reachable(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress() ? "localhost" : bound.getHostString();
    }

    @Override
    public void stop() {
        KafkaServer running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
