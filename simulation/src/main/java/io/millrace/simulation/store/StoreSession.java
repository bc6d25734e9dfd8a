package io.millrace.simulation.store;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.network.Call;
import io.millrace.simulation.network.CallFailedException;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.network.Inbound;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A member's session with the store. It outlives connections, and ends when the store says so or when it has not been heard
 * for as long as the store would wait; then a new one is opened. Confined to the network loop of its process.
 */
final class StoreSession<K, V> {
    private static final long NONE = 0;

    private final Channel channel;
    private final EventLoop loop;
    private final Clock clock;
    private final StoreTimes times;
    private final Listener listener;
    private long id = NONE;
    private long heardAt;
    private boolean closed;

    StoreSession(Channel channel, EventLoop loop, Clock clock, StoreTimes times, Listener listener) {
        this.channel = channel;
        this.loop = loop;
        this.clock = clock;
        this.times = times;
        this.listener = listener;
    }

    /** Hears of the life of sessions. */
    interface Listener {
        void opened();

        void news();

        void over();
    }

    /** The present session's number, or 0 while there is none. */
    long id() {
        return id;
    }

    void open() {
        if (!closed) {
            ask(
                    "open-session",
                    Store::openSession,
                    opened -> {
                        id = opened;
                        heardAt = clock.nanoTime();
                        watch();
                        ping(opened);
                        listener.opened();
                    },
                    _ -> loop.schedule(times.retry(), this::open));
        }
    }

    /** Asks the store; what it refuses, as well as silence, is a failure. */
    <A> void ask(
            String label,
            Function<Store<K, V>, CompletableFuture<A>> question,
            Consumer<A> then,
            Consumer<CallFailedException> failed) {
        Call<Store<K, V>, A> call = new Call<>(label, 64, Store.type(), question, _ -> 64, false);
        var _ = channel.ask(call, times.answer()).whenComplete((answer, thrown) -> {
            if (closed) {
                return;
            }
            if (thrown == null) {
                then.accept(answer);
            } else {
                failed.accept(failureIn(thrown));
            }
        });
    }

    void close() {
        long last = id;
        if (!closed && last != NONE) {
            Call<Store<K, V>, Boolean> call =
                    new Call<>("end-session", 16, Store.type(), store -> store.endSession(last), _ -> 1, false);
            var _ = channel.ask(call, times.answer()).exceptionally(_ -> false);
        }
        id = NONE;
        closed = true;
    }

    private void ping(long session) {
        if (closed || id != session) {
            return;
        }
        long sentAt = clock.nanoTime();
        if (sentAt - heardAt > times.session().toNanos()) {
            over();
            return;
        }
        ask(
                "ping",
                store -> store.ping(session),
                alive -> {
                    if (id == session && alive) {
                        heardAt = sentAt;
                    } else if (id == session) {
                        over();
                    }
                },
                _ -> {});
        loop.schedule(times.session().dividedBy(6), () -> ping(session));
    }

    private void over() {
        id = NONE;
        listener.over();
        open();
    }

    private void watch() {
        long session = id;
        channel.open(Store.<K, V>type(), Store::watch, new Inbound<Store.News>() {
            @Override
            public void onMessage(Store.News news) {
                listener.news();
            }

            @Override
            public void onEnd(String why) {
                loop.schedule(times.retry(), () -> {
                    if (!closed && id == session) {
                        watch();
                    }
                });
            }
        });
    }

    private static CallFailedException failureIn(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        if (cause instanceof CallFailedException failure) {
            return failure;
        }
        throw new IllegalStateException(cause);
    }
}
