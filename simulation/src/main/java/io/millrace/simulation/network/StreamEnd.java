package io.millrace.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a stream between two processes. */
final class StreamEnd<O, I> implements Outbound<O> {
    private @Nullable StreamEnd<I, O> peer;
    private @Nullable Inbound<I> inbound;
    private @Nullable End end;
    private @Nullable List<Runnable> beforeItIsConnected;
    private long registration;
    private boolean ended;

    /** The end of the one who opens: what is sent before there is a connection waits for it. */
    static <O, I> StreamEnd<O, I> opened(Inbound<I> inbound) {
        StreamEnd<O, I> opened = new StreamEnd<>();
        opened.inbound = inbound;
        opened.beforeItIsConnected = new ArrayList<>();
        return opened;
    }

    <S> void connected(End own, Connection connection, Server server, Class<S> service, Opening<S, O, I> opening) {
        List<Runnable> waiting = beforeItIsConnected == null ? List.of() : beforeItIsConnected;
        beforeItIsConnected = null;
        if (ended) {
            return;
        }
        StreamEnd<I, O> there = new StreamEnd<>();
        there.peer = this;
        peer = there;
        belongsTo(own);
        own.send("stream opens", 0, () -> there.accepted(connection.server(), server, service, opening));
        waiting.forEach(Runnable::run);
    }

    private <S> void accepted(End own, Server server, Class<S> service, Opening<S, I, O> opening) {
        belongsTo(own);
        try {
            inbound = opening.accept(server.service(service), this);
        } catch (CallFailedException refused) {
            end(String.valueOf(refused.getMessage()));
        }
    }

    private void belongsTo(End own) {
        end = own;
        registration = own.whenBroken(this::broken);
    }

    @Override
    public void send(String label, int bytes, O message) {
        if (beforeItIsConnected != null) {
            beforeItIsConnected.add(() -> send(label, bytes, message));
        } else if (!ended && end != null && peer != null) {
            StreamEnd<I, O> to = peer;
            end.send(label, bytes, () -> to.received(message));
        }
    }

    @Override
    public void end(String why) {
        if (!ended) {
            over();
            if (end != null && peer != null) {
                StreamEnd<I, O> to = peer;
                end.send("stream ends", 0, () -> to.broken(why));
            }
        }
    }

    @Override
    public boolean isOpen() {
        return !ended;
    }

    void broken(String why) {
        if (!ended) {
            over();
            if (inbound != null) {
                inbound.onEnd(why);
            }
        }
    }

    private void received(I message) {
        if (!ended && inbound != null) {
            inbound.onMessage(message);
        }
    }

    private void over() {
        ended = true;
        if (end != null) {
            end.forget(registration);
        }
    }
}
