package io.millrace.rpc.server;

import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.Outcome;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.rpc.wire.BrokerSigns;
import io.millrace.rpc.wire.Outcomes;
import io.millrace.rpc.wire.Standings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of heartbeats. The next one is read when the one before has been answered, so that answers keep their order and
 * a sender cannot fill the controller's memory.
 */
final class HeartbeatCall implements StreamObserver<HeartbeatRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatCall.class);

    private final ControllerSeat seat;
    private final HeartbeatCarriers carriers;
    private final ServerCallStreamObserver<HeartbeatResponse> to;

    /** Orders the ends of the two directions; everything below is confined to it. */
    private final SynchronizationContext context =
            new SynchronizationContext((thread, bug) -> LOG.error("A stream of heartbeats failed", bug));

    private boolean answering;
    private boolean halfClosed;
    private boolean closed;

    private HeartbeatCall(
            ControllerSeat seat, HeartbeatCarriers carriers, ServerCallStreamObserver<HeartbeatResponse> to) {
        this.seat = seat;
        this.carriers = carriers;
        this.to = to;
    }

    static HeartbeatCall begin(
            ControllerSeat seat, HeartbeatCarriers carriers, ServerCallStreamObserver<HeartbeatResponse> to) {
        HeartbeatCall call = new HeartbeatCall(seat, carriers, to);
        to.disableAutoRequest();
        to.setOnCancelHandler(() -> call.context.execute(call::end));
        to.request(1);
        carriers.began(call);
        return call;
    }

    @Override
    public void onNext(HeartbeatRequest request) {
        context.execute(() -> ask(request));
    }

    @Override
    public void onCompleted() {
        context.execute(() -> {
            halfClosed = true;
            if (!answering) {
                complete();
            }
        });
    }

    /** The end of the call is told to the handler of cancellations. */
    @Override
    public void onError(Throwable cancelled) {}

    /** Ends the stream; a heartbeat that is not answered yet is for the next controller. */
    void close() {
        context.execute(() -> {
            if (answering && !closed) {
                to.onNext(HeartbeatResponse.newBuilder()
                        .setNotActive(Standings.notActive(ControllerStanding.UNKNOWN))
                        .build());
            }
            complete();
        });
    }

    private void ask(HeartbeatRequest request) {
        if (closed) {
            return;
        }
        ControllerStanding standing = seat.standing();
        if (!seat.decidesBy(standing)) {
            to.onNext(HeartbeatResponse.newBuilder()
                    .setNotActive(Standings.notActive(standing))
                    .build());
            complete();
            return;
        }
        answering = true;
        carriers.carries(this, request, () -> {
            var _ = seat.controller()
                    .heartbeat(BrokerSigns.decode(request))
                    .whenComplete((outcome, bug) -> context.execute(() -> answer(outcome, bug, standing)));
        });
    }

    /** The standing is that of the moment when the lease was asked for: it must not pass for a later controller's. */
    private void answer(@Nullable Outcome<BrokerLease> outcome, @Nullable Throwable bug, ControllerStanding standing) {
        answering = false;
        if (closed) {
            return;
        }
        if (outcome == null) {
            LOG.error("A heartbeat could not be answered", bug);
            end();
            to.onError(Status.INTERNAL
                    .withDescription("The controller failed at a heartbeat.")
                    .asRuntimeException());
            return;
        }
        to.onNext(encode(outcome, standing));
        if (halfClosed) {
            complete();
        } else {
            to.request(1);
        }
    }

    private static HeartbeatResponse encode(Outcome<BrokerLease> outcome, ControllerStanding standing) {
        int epoch = standing.active() == null ? 0 : standing.active().epoch();
        return Outcomes.encode(
                outcome,
                lease -> HeartbeatResponse.newBuilder()
                        .setLease(BrokerSigns.encode(lease, epoch, standing.suspended()))
                        .build(),
                refusal -> HeartbeatResponse.newBuilder().setRefusal(refusal).build());
    }

    private void complete() {
        if (!closed) {
            end();
            to.onCompleted();
        }
    }

    private void end() {
        closed = true;
        carriers.ended(this);
    }
}
