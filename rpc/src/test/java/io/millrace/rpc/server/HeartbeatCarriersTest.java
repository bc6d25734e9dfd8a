package io.millrace.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.rpc.wire.BrokerSigns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeartbeatCarriersTest {
    private static final HeartbeatRequest HEARTBEAT = BrokerSigns.encode(new BrokerHeartbeat(7, 41, 1, false));

    private final List<String> heard = new ArrayList<>();
    private final ControllerSeat seat = new ControllerSeat(new Listening(), "c-1");
    private final HeartbeatCarriers carriers = new HeartbeatCarriers(seat.controller());
    private Runnable duringTheDisconnection = () -> {};

    @Test
    void theEndOfAstreamIsToldBeforeTheHeartbeatThatRenewsIt() {
        Stream broken = new Stream();
        HeartbeatCall first = HeartbeatCall.begin(seat, carriers, broken);
        first.onNext(HEARTBEAT);
        HeartbeatCall second = HeartbeatCall.begin(seat, carriers, new Stream());
        duringTheDisconnection = () -> second.onNext(HEARTBEAT);

        broken.cancelled.run();

        assertThat(heard).containsExactly("heartbeat", "disconnected", "heartbeat");
    }

    @Test
    void aStreamThatWasRenewedBeforeItsEndWasNoticedIsNoDisconnection() {
        Stream broken = new Stream();
        HeartbeatCall.begin(seat, carriers, broken).onNext(HEARTBEAT);
        HeartbeatCall.begin(seat, carriers, new Stream()).onNext(HEARTBEAT);

        broken.cancelled.run();

        assertThat(heard).containsExactly("heartbeat", "heartbeat");
    }

    /** Notes what it hears of brokers once it has dealt with it. */
    private final class Listening extends ForwardingController {
        Listening() {
            super(new InMemoryController());
        }

        @Override
        public ControllerStanding standing() {
            return new ControllerStanding(new ActiveController("c-1", "127.0.0.1", 1, 1), false);
        }

        @Override
        public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
            heard.add("heartbeat");
            return CompletableFuture.completedFuture(Outcome.done(new BrokerLease(Duration.ofSeconds(9), false)));
        }

        @Override
        public void disconnected(int brokerId, long brokerEpoch) {
            duringTheDisconnection.run();
            heard.add("disconnected");
        }
    }

    /** A stream whose client takes whatever comes. */
    private static final class Stream extends ServerCallStreamObserver<HeartbeatResponse> {
        private Runnable cancelled = () -> {};

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            cancelled = handler;
        }

        @Override
        public void disableAutoRequest() {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void onNext(HeartbeatResponse response) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
