package io.millrace.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.remote.RoutedBrokers;
import io.millrace.rpc.server.BrokerEndpoint;
import io.millrace.rpc.server.BrokerIdentity;
import io.millrace.rpc.server.ServerLimits;
import io.millrace.rpc.server.ServerRoom;
import io.millrace.rpc.server.ServerSetUp;
import io.millrace.rpc.transport.NetworkThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A gateway whose broker is at the other end of a connection. */
class RemoteConfigurationTest {
    private final ThreadEventLoops loops =
            new ThreadEventLoops("broker", 2, (thread, bug) -> bug.printStackTrace(System.err));
    private final NetworkThreads threads = new NetworkThreads("test", 1);
    private final InMemoryController controller = new InMemoryController();
    private final InMemoryBroker twin = new InMemoryBroker(loops.all().get(0), new SystemClock());
    private final Identity identity = new Identity();
    private final Server server = listen();

    private final ApplicationContextRunner gateway = new ApplicationContextRunner()
            .withUserConfiguration(GatewayConfiguration.class, RemoteConfiguration.class)
            .withBean(ControllerApi.class, () -> controller)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(Clock.class, SystemClock::new)
            .withBean(Randomness.class, () -> new SeededRandomness(1));

    private Server listen() {
        ServerLimits limits = new ServerLimits(1 << 20, 10, 100, 1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(1));
        BrokerEndpoint endpoint = new BrokerEndpoint(
                twin, identity, new ServerRoom(limits, loops.all().get(1)), Runnable::run);
        try {
            return new ServerSetUp(List.of(endpoint), limits, threads)
                    .apply(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void joinTheCluster() {
        joinTheClusterAs(new UUID(0, 1));
        twin.follow(controller);
        controller
                .createTopic(new CreateTopicRequest("orders", 1, 1, Map.of(), false))
                .resultNow();
    }

    private void joinTheClusterAs(UUID incarnation) {
        Outcome<BrokerRegistered> outcome = controller
                .registerBroker(new BrokerRegistration(
                        InMemoryController.BROKER_ID,
                        null,
                        incarnation,
                        null,
                        List.of(new Endpoint("internal", "127.0.0.1", server.getPort()))))
                .resultNow();
        identity.epoch = ((Outcome.Done<BrokerRegistered>) outcome).value().brokerEpoch();
        controller
                .heartbeat(new BrokerHeartbeat(
                        InMemoryController.BROKER_ID,
                        identity.epoch,
                        controller.image().version(),
                        false))
                .resultNow();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        threads.close();
        loops.close();
    }

    @Test
    void recordsGoToTheBrokerOverTheNetwork() {
        gateway.run(context -> {
            assertThat(context).hasSingleBean(RoutedBrokers.class);
            Outcome<Produced> outcome = send(context.getBean(RecordProducer.class));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Done.class,
                            done -> assertThat(done.value())
                                    .isInstanceOfSatisfying(
                                            Produced.class,
                                            produced -> assertThat(produced.offset())
                                                    .isZero()));
            assertThat(context.getBean(BrokerApi.class)
                            .logDirectories()
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .hasSize(1);
            assertThat(connected(context)).isEqualTo(1);
        });
    }

    @Test
    void theLinkToABrokersEarlierLifeIsShownNoMore() {
        gateway.run(context -> {
            send(context.getBean(RecordProducer.class));

            joinTheClusterAs(new UUID(0, 2));
            send(context.getBean(RecordProducer.class));

            assertThat(context.getBean(MeterRegistry.class)
                            .find("millrace.gateway.broker.connected")
                            .gauges())
                    .hasSize(1);
            assertThat(connected(context)).isEqualTo(1);
        });
    }

    @Test
    void aBrokerThatIsGoneIsToldLongBeforeTheRequestsOwnTimeout() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        gateway.run(context -> {
            long start = System.nanoTime();

            Outcome<Produced> outcome = send(context.getBean(RecordProducer.class));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.LeaderNotAvailable.class));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(connected(context)).isZero();
        });
    }

    private static double connected(AssertableApplicationContext context) {
        return context.getBean(MeterRegistry.class)
                .get("millrace.gateway.broker.connected")
                .tag("broker", Integer.toString(InMemoryController.BROKER_ID))
                .gauge()
                .value();
    }

    private static Outcome<Produced> send(RecordProducer producer) {
        NewRecord record = new NewRecord(
                null, ByteBuffer.wrap(new byte[] {1}), List.of(), OptionalInt.of(0), OptionalLong.empty());
        return producer.produce("orders", List.of(record), ProduceOptions.DEFAULT)
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .getFirst();
    }

    private static final class Identity implements BrokerIdentity {
        private volatile long epoch;

        @Override
        public String clusterId() {
            return InMemoryController.CLUSTER_ID;
        }

        @Override
        public int brokerId() {
            return InMemoryController.BROKER_ID;
        }

        @Override
        public long brokerEpoch() {
            return epoch;
        }
    }
}
