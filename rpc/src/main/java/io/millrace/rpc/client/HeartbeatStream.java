package io.millrace.rpc.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.rpc.wire.BrokerSigns;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Refusals;
import io.millrace.rpc.wire.Standings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream of heartbeats and their answers, which come in the same order. Confined to the client's context. */
final class HeartbeatStream implements ClientResponseObserver<HeartbeatRequest, HeartbeatResponse> {
    private final ClientContext context;
    private final ControllerConnection connection;
    private final BrokerPulse pulse;
    private final Deque<PendingHeartbeat> pending = new ArrayDeque<>();
    private @Nullable ClientCallStreamObserver<HeartbeatRequest> requests;
    private boolean ended;

    private HeartbeatStream(ClientContext context, ControllerConnection connection, BrokerPulse pulse) {
        this.context = context;
        this.connection = connection;
        this.pulse = pulse;
    }

    static HeartbeatStream open(ClientContext context, ControllerConnection connection, BrokerPulse pulse) {
        HeartbeatStream stream = new HeartbeatStream(context, connection, pulse);
        ControllerServiceGrpc.newStub(connection.channel()).heartbeat(stream);
        return stream;
    }

    ControllerConnection connection() {
        return connection;
    }

    void send(PendingHeartbeat heartbeat) {
        pending.add(heartbeat);
        if (requests != null) {
            requests.onNext(BrokerSigns.encode(heartbeat.heartbeat()));
        }
        var _ = context.schedule(heartbeat.patience(), () -> {
            if (!ended && pending.contains(heartbeat)) {
                cancel("no answer to a heartbeat within " + context.options().heartbeatTimeout());
            }
        });
    }

    /** Ends the stream from this side. */
    void cancel(String why) {
        if (requests != null) {
            requests.cancel(why, null);
        }
        end(false, why);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<HeartbeatRequest> stream) {
        requests = stream;
    }

    @Override
    public void onNext(HeartbeatResponse response) {
        context.execute(() -> answered(response));
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        context.execute(
                () -> end(ControllerConnection.isBrokenBy(status), status.getCode() + ", " + status.getDescription()));
    }

    @Override
    public void onCompleted() {
        // A controller that stops does so in order; what is on its way to it is for the next one.
        context.execute(() -> end(true, "the controller ended the stream"));
    }

    private void answered(HeartbeatResponse response) {
        PendingHeartbeat first = pending.poll();
        if (first == null) {
            if (!ended) {
                cancel("an answer to no heartbeat");
            }
            return;
        }
        try {
            switch (response.getOutcomeCase()) {
                case LEASE -> {
                    HeartbeatResponse.Lease lease = response.getLease();
                    pulse.granted(
                            this, first, BrokerSigns.decode(lease), lease.getControllerEpoch(), lease.getSuspended());
                }
                case REFUSAL -> first.answer().complete(Outcome.refused(Refusals.decode(response.getRefusal())));
                case NOT_ACTIVE ->
                    pulse.notActive(
                            this, first, Standings.hint(response.getNotActive()).orElse(null));
                case OUTCOME_NOT_SET -> throw new MalformedMessageException("It has no outcome.");
            }
        } catch (MalformedMessageException e) {
            refuse(first, "its answer cannot be read: " + e.problem());
        }
    }

    private void end(boolean connectionToo, String why) {
        if (ended) {
            return;
        }
        ended = true;
        List<PendingHeartbeat> waiting = List.copyOf(pending);
        pending.clear();
        pulse.broken(this, connectionToo, why, waiting);
    }

    void refuse(PendingHeartbeat heartbeat, String why) {
        heartbeat
                .answer()
                .complete(Outcome.refused(new Refusal.ControllerNotAvailable("The heartbeat of broker "
                        + heartbeat.heartbeat().brokerId() + " was not answered by " + connection + ": " + why + ".")));
    }
}
