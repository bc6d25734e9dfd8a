package io.millrace.simulation.network;

import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A way from one process to whoever listens at an address. It connects when it is first used, and again after a break; where
 * nobody could be reached a moment ago it fails at once. Used on any loop of its process.
 */
public final class Channel implements AutoCloseable {
    private final Network network;
    private final SimProcess process;
    private final Address address;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable Server server;
    private boolean connecting;
    private boolean closed;
    private boolean failedBefore;
    private long failedAt;
    private String failure = "";

    Channel(Network network, SimProcess process, Address address) {
        this.network = network;
        this.process = process;
        this.address = address;
    }

    /** Waits for a connection. */
    private interface Waiting {
        void connected(Connection connection, Server server);

        void failed(String why);
    }

    /** Where it leads. */
    public Address address() {
        return address;
    }

    /** Asks a question; the answer comes on the network loop, or a {@link CallFailedException}. */
    public <S, A> CompletableFuture<A> ask(Call<S, A> call, Duration patience) {
        PendingCall<S, A> pending = new PendingCall<>(call, process.network(), patience);
        use(new Waiting() {
            @Override
            public void connected(Connection present, Server there) {
                pending.connected(present.client(), present, there);
            }

            @Override
            public void failed(String why) {
                pending.fail(CallFailedException.Reason.NOT_SENT, why);
            }
        });
        return pending.answer();
    }

    /** Opens a stream. */
    public <S, O, I> Outbound<O> open(Class<S> service, Opening<S, O, I> opening, Inbound<I> inbound) {
        StreamEnd<O, I> stream = StreamEnd.opened(inbound);
        use(new Waiting() {
            @Override
            public void connected(Connection present, Server there) {
                stream.connected(present.client(), present, there, service, opening);
            }

            @Override
            public void failed(String why) {
                process.network().post(() -> stream.broken(why));
            }
        });
        return stream;
    }

    /** Breaks the connection, if there is one, and makes no further one. */
    @Override
    public void close() {
        closed = true;
        Connection present = connection;
        connection = null;
        if (present != null) {
            present.close(present.client(), "the other end has closed the connection");
        }
    }

    private void use(Waiting use) {
        Connection present = connection;
        if (present != null && server != null && present.client().isOpen()) {
            use.connected(present, server);
        } else if (closed) {
            use.failed("the channel to " + address + " is closed");
        } else if (connecting) {
            waiting.add(use);
        } else if (failedBefore
                && network.scheduler().now() - failedAt
                        < network.times().reconnect().toNanos()) {
            use.failed(failure);
        } else {
            waiting.add(use);
            connect();
        }
    }

    private void connect() {
        connecting = true;
        EventLoop.Timer timeout = process.network()
                .schedule(network.times().connect(), () -> connectFailed("no connection to " + address + " in time"));
        Optional<Server> there = network.at(address);
        if (there.isEmpty()) {
            return; // no such machine: only the time tells
        }
        Link way = network.link(process.machine(), there.get().process().machine());
        Link back = network.link(there.get().process().machine(), process.machine());
        if (way.isCut() || back.isCut() || !there.get().process().machine().isPowered()) {
            return;
        }
        long roundTrip = way.delay(0) + back.delay(0);
        network.scheduler()
                .at(
                        network.scheduler().now() + roundTrip,
                        "connect",
                        () -> process.network().post(() -> {
                            timeout.cancel();
                            connected();
                        }));
    }

    private void connected() {
        Optional<Server> there = network.at(address);
        if (!connecting) {
            return;
        }
        if (closed || there.isEmpty() || !there.get().process().isAlive()) {
            connectFailed(address + " refused the connection");
            return;
        }
        connecting = false;
        failedBefore = false;
        Connection made = network.connect(process, there.get());
        connection = made;
        server = there.get();
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(use -> use.connected(made, there.get()));
    }

    private void connectFailed(String why) {
        if (connecting) {
            connecting = false;
            failedBefore = true;
            failedAt = network.scheduler().now();
            failure = why;
            List<Waiting> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(use -> use.failed(why));
        }
    }
}
