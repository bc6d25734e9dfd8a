package io.millrace.rpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.rpc.client.ControllerAddress;
import io.millrace.rpc.client.ControllerClient;
import io.millrace.rpc.client.ControllerClientOptions;
import io.millrace.rpc.client.NettyControllerChannels;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcServerTest {
    /** Half of what a stop waits for calls that do not end. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Holding controller = new Holding();
    private final ControllerEndpoint endpoint =
            new ControllerEndpoint(controller, "controller-0", ControllerEndpointOptions.DEFAULTS);
    private final RpcServer server =
            new RpcServer("127.0.0.1", 0, builder -> builder.addService(endpoint), endpoint::close);
    private final ControllerClient client = connected();

    private ControllerClient connected() {
        server.start();
        return new ControllerClient(
                List.of(new ControllerAddress("127.0.0.1", server.number())),
                null,
                ControllerClientOptions.DEFAULTS,
                new NettyControllerChannels(ControllerClientOptions.DEFAULTS));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
        endpoint.close();
    }

    @Test
    void aStopEndsWatchesAndHeartbeatsAndWaitsForNeither() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        client.watch(new MetadataListener() {
            @Override
            public void onSnapshot(ClusterImage image) {
                shown.countDown();
            }

            @Override
            public void onDelta(ClusterDelta delta, ClusterImage after) {}
        });
        var answered = client.heartbeat(new BrokerHeartbeat(1, 1, 0, false));
        assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answered.get(30, TimeUnit.SECONDS)).isNotNull();

        assertThat(timeOfStop()).isLessThan(SOON);
    }

    @Test
    void aHeartbeatThatIsBeingAnsweredIsForTheNextController() throws Exception {
        controller.holds = true;
        var waiting = client.heartbeat(new BrokerHeartbeat(1, 1, 0, false));
        assertThat(controller.held.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(timeOfStop()).isLessThan(SOON);

        assertThat(waiting.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.ControllerNotAvailable.class));
    }

    private Duration timeOfStop() {
        long start = System.nanoTime();
        server.stop();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** May keep heartbeats without an answer. */
    private static final class Holding extends ForwardingController {
        private final CountDownLatch held = new CountDownLatch(1);
        private volatile boolean holds;

        Holding() {
            super(new InMemoryController());
        }

        @Override
        public CompletableFuture<Outcome<BrokerLease>> heartbeat(BrokerHeartbeat heartbeat) {
            if (!holds) {
                return super.heartbeat(heartbeat);
            }
            held.countDown();
            return new CompletableFuture<>();
        }
    }
}
