package io.millrace.gateway.kafka.network;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection. */
public final class Client {
    private final String listener;
    private final InetSocketAddress address;
    private final ConcurrentHashMap<Class<?>, Object> kept = new ConcurrentHashMap<>();
    private @Nullable TurnTime turnTime;

    Client(String listener, InetSocketAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /** The name of the listener that it has connected to. */
    public String listener() {
        return listener;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Who it is: nobody, by Kafka's name for that, as nobody is asked who he is yet. */
    public String user() {
        return "ANONYMOUS";
    }

    /** From now on, that one hears how much time the loop spends on this client, if any. Called on the connection's thread. */
    public void timedBy(@Nullable TurnTime listener) {
        turnTime = listener;
    }

    @Nullable
    TurnTime turnTime() {
        return turnTime;
    }

    /** Something that is kept for as long as the connection lasts, made when it is asked for first. */
    public <T> T keep(Class<T> type, Supplier<T> first) {
        return type.cast(kept.computeIfAbsent(type, ignored -> first.get()));
    }
}
