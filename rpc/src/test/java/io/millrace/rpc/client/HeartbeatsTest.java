package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.rpc.wire.BrokerSigns;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatsTest extends ControllersOfTest {
    private static final BrokerHeartbeat HEARTBEAT = new BrokerHeartbeat(0, 1, 1, false);

    @BeforeEach
    void begin() {
        first.decides(1);
    }

    @Test
    void answersComeInTheOrderOfHeartbeats() throws Exception {
        ControllerClient client = clientOf(firstProcess);

        List<CompletableFuture<Outcome<BrokerLease>>> answers = List.of(
                client.heartbeat(HEARTBEAT),
                client.heartbeat(new BrokerHeartbeat(0, 99, 1, false)),
                client.heartbeat(new BrokerHeartbeat(0, 1, 1, true)));

        assertThat(done(answers.get(0)).fenced()).isFalse();
        assertThat(refusal(answers.get(1))).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(done(answers.get(2)).fenced()).isTrue();
    }

    @Test
    void theEndOfAprocessIsToldToTheController() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        done(client.heartbeat(HEARTBEAT));
        assertThat(first.disconnections).isEmpty();

        client.close();

        awaitUntil("the disconnection", () -> first.disconnections.equals(List.of("0@1")));
    }

    @Test
    void aBrokerThatSaysGoodbyeIsHeardAgainOverAnewStream() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        done(client.heartbeat(HEARTBEAT));

        client.disconnected(0, 1);
        awaitUntil("the disconnection", () -> first.disconnections.equals(List.of("0@1")));

        assertThat(done(client.heartbeat(HEARTBEAT)).fenced()).isFalse();
    }

    @Test
    void aHeartbeatThatWaitsWhenTheConnectionBreaksIsAnsweredByTheNextController() throws Exception {
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.heartbeat(HEARTBEAT));
        first.fallsMute();

        CompletableFuture<Outcome<BrokerLease>> waiting = client.heartbeat(HEARTBEAT);
        awaitUntil("the heartbeat", () -> first.heartbeats.size() == 2);
        second.decides(2);
        firstProcess.stop();

        assertThat(done(waiting).fenced()).isFalse();
        assertThat(second.heartbeats).containsExactly(HEARTBEAT);
    }

    @Test
    void aHeartbeatIsRefusedInTimeWhenNobodyTakesOver() throws Exception {
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.heartbeat(HEARTBEAT));

        firstProcess.stop();

        assertThat(refusal(client.heartbeat(HEARTBEAT))).isInstanceOf(Refusal.ControllerNotAvailable.class);
    }

    @Test
    void aHeartbeatWithoutAnAnswerIsRefusedInTime() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        awaitFollowing(client, first);
        first.fallsMute();

        assertThat(refusal(client.heartbeat(HEARTBEAT))).isInstanceOf(Refusal.ControllerNotAvailable.class);
    }

    @Test
    void aLivingBrokerIsHeardByTheNextControllerBeforeItsNextHeartbeatIsDue() throws Exception {
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.heartbeat(HEARTBEAT));

        second.decides(2);
        firstProcess.stop();

        awaitUntil("the heartbeat", () -> second.heartbeats.equals(List.of(HEARTBEAT)));
    }

    @Test
    void aHeartbeatThatReachesAdeposedControllerIsAnsweredByItsSuccessor() throws Exception {
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.heartbeat(HEARTBEAT));

        second.decides(2);
        first.pointsTo(second.id(), secondProcess.address(), 2);

        assertThat(done(client.heartbeat(HEARTBEAT)).fenced()).isFalse();
        awaitUntil("the heartbeat", () -> second.heartbeats.contains(HEARTBEAT));
    }

    @Test
    void aBrokerThatHasOpenedAnewStreamIsNotGoneWhenTheOldOneEnds() throws Exception {
        ManagedChannel channel = channel();
        try {
            RawStream old = new RawStream(channel);
            old.send(HEARTBEAT);
            RawStream young = new RawStream(channel);
            young.send(HEARTBEAT);

            old.cancel();
            RawStream witness = new RawStream(channel);
            witness.send(new BrokerHeartbeat(0, 77, 1, false));
            witness.cancel();
            awaitUntil("the end of later streams", () -> first.disconnections.contains("0@77"));
            assertThat(first.disconnections).containsExactly("0@77");

            young.complete();
            awaitUntil("the disconnection", () -> first.disconnections.equals(List.of("0@77", "0@1")));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aHeartbeatWithNothingInItIsRefusedAndTheStreamGoesOn() throws Exception {
        ManagedChannel channel = channel();
        try {
            RawStream stream = new RawStream(channel);
            stream.send(new BrokerHeartbeat(-5, Long.MIN_VALUE, Long.MAX_VALUE, true));
            stream.send(HEARTBEAT);

            assertThat(stream.answers.get(0).hasRefusal()).isTrue();
            assertThat(stream.answers.get(1).hasLease()).isTrue();
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress(
                        "127.0.0.1", firstProcess.address().port())
                .usePlaintext()
                .build();
    }

    /** A stream of heartbeats without a client's cleverness. */
    private static final class RawStream implements StreamObserver<HeartbeatResponse> {
        final List<HeartbeatResponse> answers = new CopyOnWriteArrayList<>();
        private final StreamObserver<HeartbeatRequest> requests;

        RawStream(ManagedChannel channel) {
            this.requests = ControllerServiceGrpc.newStub(channel).heartbeat(this);
        }

        void send(BrokerHeartbeat heartbeat) throws InterruptedException {
            int before = answers.size();
            requests.onNext(BrokerSigns.encode(heartbeat));
            awaitUntil("the answer", () -> answers.size() > before);
        }

        void cancel() {
            ((ClientCallStreamObserver<HeartbeatRequest>) requests).cancel("end of the test", null);
        }

        void complete() {
            requests.onCompleted();
        }

        @Override
        public void onNext(HeartbeatResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable end) {}

        @Override
        public void onCompleted() {}
    }
}
