package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways of appends to one broker: one for each set of replicas that their acknowledgement waits for. A call is answered
 * when the slowest of its parts is, so partitions that wait for a slow follower share no call with those that do not. Safe
 * for any thread.
 */
final class AppendLines implements AutoCloseable {
    /** Sets that have a line of their own; in-sync sets come and go, and all further ones share one. */
    static final int LINES_MAX = 64;

    private static final List<Integer> FURTHER = List.of();

    private final BrokerApi broker;
    private final EventLoop timers;
    private final Clock clock;
    private final ConcurrentHashMap<List<Integer>, AppendGroups> lines = new ConcurrentHashMap<>();
    private volatile boolean closed;

    AppendLines(BrokerApi broker, EventLoop timers, Clock clock) {
        this.broker = broker;
        this.timers = timers;
        this.clock = clock;
    }

    /** Sends it in the line of those that wait for the same replicas. */
    CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request, SortedSet<Integer> replicas) {
        List<Integer> key = List.copyOf(replicas);
        AppendGroups line = lines.get(key);
        if (line == null) {
            line = lines.computeIfAbsent(
                    lines.size() < LINES_MAX ? key : FURTHER, _ -> new AppendGroups(broker, timers, clock));
            if (closed) {
                line.close();
            }
        }
        return line.append(withBytesOfItsOwn(request));
    }

    /**
     * What is read from a socket outside of the heap is written over as soon as it is answered, and what goes over a network may
     * still be on its way then.
     */
    private static AppendRequest withBytesOfItsOwn(AppendRequest request) {
        if (request.parts().stream().noneMatch(part -> part.batch().isDirect())) {
            return request;
        }
        List<AppendRequest.Part> parts = request.parts().stream()
                .map(part -> new AppendRequest.Part(part.partition(), part.expectedLeaderEpoch(), copy(part.batch())))
                .toList();
        return new AppendRequest(parts, request.acks(), request.timeout());
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** Refuses what waits and whatever comes later; calls under way end by themselves. */
    @Override
    public void close() {
        closed = true;
        lines.values().forEach(AppendGroups::close);
    }
}
