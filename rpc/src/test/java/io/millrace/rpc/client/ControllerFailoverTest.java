package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Endpoint;
import io.millrace.internal.v1.ActiveController;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.FindControllerRequest;
import io.millrace.internal.v1.FindControllerResponse;
import io.millrace.internal.v1.WatchMetadataRequest;
import io.millrace.internal.v1.WatchMetadataResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ControllerFailoverTest extends ControllersOfTest {
    @Test
    void aControllerThatStandsBySaysWhoDecides() throws Exception {
        second.decides(7);
        first.pointsTo(second.id(), secondProcess.address(), 7);

        ControllerClient client = clientOf(firstProcess);

        assertThat(done(client.createTopic(topic("orders"))).name()).isEqualTo("orders");
        assertThat(first.creations).isEmpty();
        assertThat(client.standing()).isEqualTo(second.standing());
    }

    @Test
    void theControllerThatTakesOverIsFoundWhenTheOneBeforeDies() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.createTopic(topic("orders")));

        firstProcess.stop();
        second.decides(2);
        awaitFollowing(client, second);

        assertThat(done(client.createTopic(topic("payments"))).name()).isEqualTo("payments");
        assertThat(second.creations).hasSize(1);
    }

    @Test
    void aChangeWaitsForSomebodyWhoDecides() throws Exception {
        ControllerClient client = clientOf(firstProcess, secondProcess);

        CompletableFuture<Outcome<TopicImage>> answer = client.createTopic(topic("orders"));
        second.decides(2);

        assertThat(done(answer).name()).isEqualTo("orders");
    }

    @Test
    void aControllerThatIsDeposedIsLeftAndItsWatchGoesOnAtTheNext() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        done(client.createTopic(topic("orders")));

        second.decides(2);
        first.pointsTo(second.id(), secondProcess.address(), 2);

        awaitFollowing(client, second);
        done(memory.createTopic(topic("payments")));
        awaitUntil("the picture", () -> client.image().topic("payments").isPresent());
    }

    @Test
    void hintsInCirclesEndAndDeadOnesAreSurvived() throws Exception {
        first.pointsTo(second.id(), secondProcess.address(), 3);
        second.pointsTo(first.id(), firstProcess.address(), 3);
        ControllerClient client = clientOf(firstProcess);

        Refusal refusal = refusal(client.createTopic(topic("orders")));
        first.pointsTo("controller-9", new ControllerAddress("127.0.0.1", 1), 4);
        second.decides(5);
        first.pointsTo(second.id(), secondProcess.address(), 5);

        assertThat(refusal).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusal.message())
                .contains(firstProcess.address().toString())
                .contains("controller-2");
        assertThat(done(client.createTopic(topic("orders"))).name()).isEqualTo("orders");
    }

    @Test
    void anOlderEpochIsNeverFollowed() throws Exception {
        first.decides(1);
        second.decides(2);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        awaitFollowing(client, second);

        secondProcess.stop();
        Refusal refusal = refusal(client.heartbeat(new BrokerHeartbeat(0, 1, 1, false)));

        assertThat(refusal).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(first.heartbeats).isEmpty();
    }

    @Test
    void aSuccessorOfAsuspendedControllerIsFoundThoughItsConnectionHolds() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        awaitFollowing(client, first);

        first.isSuspended(1);
        awaitUntil("word of the suspension", () -> client.standing().suspended());
        second.decides(2);

        awaitFollowing(client, second);
        assertThat(client.standing().suspended()).isFalse();
    }

    @Test
    void aSuspendedControllerIsBetterThanNone() throws Exception {
        first.isSuspended(4);
        ControllerClient client = clientOf(secondProcess, firstProcess);

        awaitUntil("a picture", () -> client.image().version() > 0);

        assertThat(client.standing())
                .isEqualTo(new ControllerStanding(first.standing().active(), true));
        first.decides(4);
        awaitUntil("the end of the suspension", () -> !client.standing().suspended());
    }

    @Test
    void aChangeWhoseAnswerIsLostIsNotMadeAgain() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        awaitFollowing(client, first);
        first.fallsMute();

        CompletableFuture<Outcome<TopicImage>> answer = client.createTopic(topic("orders"));
        awaitUntil("the request", () -> !first.creations.isEmpty());
        second.decides(2);
        firstProcess.stop();

        assertThat(refusal(answer))
                .isInstanceOf(Refusal.TimedOut.class)
                .satisfies(refusal -> assertThat(refusal.message())
                        .contains("may have happened")
                        .contains("controller-1"));
        awaitFollowing(client, second);
        assertThat(second.creations).isEmpty();
    }

    @Test
    void aRegistrationWhoseAnswerIsLostIsMadeAgain() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess, secondProcess);
        awaitFollowing(client, first);
        first.fallsMute();
        long before = memory.image().version();

        CompletableFuture<Outcome<BrokerRegistered>> answer = client.registerBroker(new BrokerRegistration(
                0, null, new UUID(5, 6), null, List.of(new Endpoint("internal", "127.0.0.1", 1))));
        awaitUntil("the request", () -> memory.image().version() > before);
        second.decides(2);
        firstProcess.stop();

        assertThat(done(answer).clusterId()).isEqualTo(memory.image().clusterId());
    }

    @Test
    void aControllerThatDoesNotAnswerIsNotWaitedForWithoutEnd() throws Exception {
        first.decides(1);
        ControllerClientOptions quick = new ControllerClientOptions(
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(10),
                Duration.ofSeconds(5),
                1 << 20);
        ControllerClient client = clientOf(quick, firstProcess);
        awaitFollowing(client, first);
        first.fallsMute();

        assertThat(refusal(client.createTopic(topic("orders")))).isInstanceOf(Refusal.TimedOut.class);
    }

    @Test
    void aControllerThatFallsSilentIsLeft() throws Exception {
        Server silent = ControllerProcess.listen(
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new SilentController());
        ControllerClientOptions attentive = new ControllerClientOptions(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(500),
                1 << 20);
        ControllerAddress address = new ControllerAddress("127.0.0.1", silent.getPort());
        try (ControllerClient client = new ControllerClient(
                List.of(address, secondProcess.address()), null, attentive, new NettyControllerChannels(attentive))) {
            awaitUntil("the silent one", () -> client.standing().active() != null);

            second.decides(2);

            awaitFollowing(client, second);
        } finally {
            silent.shutdownNow();
        }
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedBeforeItLeaves() throws Exception {
        first.decides(1);
        ControllerClient client = clientOf(firstProcess);

        assertThat(refusal(client.deleteTopic("x".repeat(5 << 20)))).isInstanceOf(Refusal.TooLarge.class);
    }

    @Test
    void aClosedClientRefusesWhatWaitsAndWhatComes() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        CompletableFuture<Outcome<TopicImage>> waiting = client.createTopic(topic("orders"));

        client.close();

        assertThat(refusal(waiting)).isInstanceOf(Refusal.ShuttingDown.class);
        assertThat(refusal(client.deleteTopic("orders"))).isInstanceOf(Refusal.ShuttingDown.class);
    }

    /** Says that it decides, and shows no picture. */
    private static final class SilentController extends ControllerServiceGrpc.ControllerServiceImplBase {
        @Override
        public void findController(FindControllerRequest request, StreamObserver<FindControllerResponse> to) {
            to.onNext(FindControllerResponse.newBuilder()
                    .setControllerId("silent")
                    .setActive(ActiveController.newBuilder()
                            .setControllerId("silent")
                            .setHost("127.0.0.1")
                            .setEpoch(1))
                    .build());
            to.onCompleted();
        }

        @Override
        public void watchMetadata(WatchMetadataRequest request, StreamObserver<WatchMetadataResponse> to) {}
    }
}
