package io.millrace.rpc.server;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.internal.v1.ReplicaServiceGrpc;
import io.millrace.internal.v1.ReplicateRequest;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.rpc.transport.SessionOptions;
import io.millrace.rpc.transport.Silence;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets brokers in other processes follow partitions that this process's broker leads. Sessions take none of the room of
 * ordinary calls: each is bounded by itself, and so is their number. What makes no sense ends a session with
 * INVALID_ARGUMENT, silence with DEADLINE_EXCEEDED, one session too many with RESOURCE_EXHAUSTED.
 */
public final class ReplicaEndpoint
        implements BindableService, ServerCallHandler<ReplicateRequest, ReplicateResponse>, AutoCloseable {
    private final ReplicaApi broker;
    private final SessionOptions options;
    private final Executor reading;
    private final ScheduledExecutorService timers;
    private final Set<ServedSession> sessions = ConcurrentHashMap.newKeySet();
    private final LongAdder pulls = new LongAdder();
    private volatile boolean closed;

    /**
     * Serves from the first call on.
     *
     * @param reading where records are read from disk: for tasks that wait
     * @param timers for short tasks
     */
    public ReplicaEndpoint(
            ReplicaApi broker, SessionOptions options, Executor reading, ScheduledExecutorService timers) {
        this.broker = broker;
        this.options = options;
        this.reading = reading;
        this.timers = timers;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(ReplicaServiceGrpc.SERVICE_NAME)
                .addMethod(ReplicaServiceGrpc.getReplicateMethod(), this)
                .build();
    }

    @Override
    public ServerCall.Listener<ReplicateRequest> startCall(
            ServerCall<ReplicateRequest, ReplicateResponse> call, Metadata headers) {
        if (sessions.size() >= options.sessionsMax()) {
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "As many sessions as may be (" + options.sessionsMax() + ") are open."),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        call.setOnReadyThreshold(options.sendBufferBytes());
        call.sendHeaders(new Metadata());
        Silence silence = new Silence(options);
        ServedSession session = new ServedSession(
                call, broker, new Count(), new SessionOutbox(call, options, reading, silence), silence);
        sessions.add(session);
        if (closed) {
            session.close(shuttingDown());
        }
        look(session, silence);
        call.request(1);
        return session;
    }

    /** Sessions that are open. */
    public int sessions() {
        return sessions.size();
    }

    /** Messages of followers since the start. */
    public long pulls() {
        return pulls.sum();
    }

    /** Ends every session, and those that are opened later. */
    @Override
    public void close() {
        closed = true;
        sessions.forEach(session -> session.close(shuttingDown()));
    }

    private void look(ServedSession session, Silence silence) {
        if (sessions.contains(session)) {
            session.look(options.helloTimeout());
            var _ = timers.schedule(
                    () -> look(session, silence), silence.lookEvery().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Refusal shuttingDown() {
        return new Refusal.ShuttingDown("This broker is about to stop and serves no followers any more.");
    }

    private final class Count implements ServedSession.Count {
        @Override
        public void pulled() {
            pulls.increment();
        }

        @Override
        public void ended(ServedSession session) {
            sessions.remove(session);
        }
    }
}
