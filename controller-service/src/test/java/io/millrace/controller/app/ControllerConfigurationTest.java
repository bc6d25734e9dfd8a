package io.millrace.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.controller.control.ControlOptions;
import io.millrace.controller.node.ControllerNode;
import io.millrace.controller.zookeeper.ZooKeeperLogOptions;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.statemachine.LogMember;
import io.millrace.rpc.app.ListeningPort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class ControllerConfigurationTest {
    @Test
    void everyDefaultOfTheControllerIsKnown() {
        ControllerProperties defaults = controller(Map.of());

        assertThat(defaults)
                .isEqualTo(new ControllerProperties(
                        "0",
                        "127.0.0.1",
                        19_093,
                        "localhost",
                        0,
                        new ControllerProperties.Topics(1, 3, 32, 2, 10_000, 200_000, 20_000),
                        new ControllerProperties.Liveness(
                                Duration.ofSeconds(9),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                Duration.ofSeconds(5)),
                        new ControllerProperties.LeaderImbalance(true, Duration.ofSeconds(30), 1_000)));
        assertThat(defaults.options()).isEqualTo(ControlOptions.DEFAULTS);
    }

    @Test
    void everyDefaultOfZooKeeperIsKnown() {
        ZooKeeperProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("millrace.zookeeper", Bindable.of(ZooKeeperProperties.class));

        assertThat(defaults)
                .isEqualTo(new ZooKeeperProperties(
                        "127.0.0.1:2181", Duration.ofSeconds(4), Duration.ofSeconds(3), DataSize.ofKilobytes(512)));
        assertThat(defaults.writeMax().toBytes()).isEqualTo(ZooKeeperLogOptions.WRITE_BYTES_MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "id, ''",
        "host, ''",
        "port, 65536",
        "advertised-host, ''",
        "advertised-port, -1",
        "topics.partitions-default, 0",
        "topics.partitions-default, 20000",
        "topics.replication-factor-default, 0",
        "topics.replication-factor-max, 0",
        "topics.partitions-per-topic-max, 300000",
        "topics.topics-max, 100000",
        "liveness.tick, 0s",
        "liveness.broker-lease, 2s",
        "liveness.tombstone-grace, -1s",
        "liveness.command-wait-max, 0s",
        "leader-imbalance.check-interval, 0s",
        "leader-imbalance.partitions-at-once-max, 0"
    })
    void impossibleSettingsAreRefused(String name, String value) {
        assertThatThrownBy(() -> controller(Map.of("millrace.controller." + name, value)))
                .rootCause()
                .hasMessageContaining("millrace.controller.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 40123, 40123", "443, 40123, 443", "443, 0, 0"})
    void othersAreToldOfThePortThatIsAdvertisedOrElseTheOneItListensOn(int advertised, int listeningOn, int toldOf) {
        ControllerProperties properties = controller(Map.of(
                "millrace.controller.id", "b",
                "millrace.controller.advertised-host", "b.example",
                "millrace.controller.advertised-port", Integer.toString(advertised)));

        assertThat(properties.member(listeningOn)).isEqualTo(new LogMember("controller-b", "b.example", toldOf));
    }

    @Test
    void aContextWithZooKeeperServesAController() throws Exception {
        try (TestingServer zooKeeper = new TestingServer(true);
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test", Map.of("millrace.zookeeper.connect", zooKeeper.getConnectString())));
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            context.registerBean(MeterRegistry.class, () -> meters);
            context.registerBean(ListeningPort.class, () -> () -> 40_123);
            context.register(ControllerConfiguration.class);
            context.refresh();
            awaitLead(context.getBean(ControllerNode.class));

            Outcome<?> outcome =
                    context.getBean(ControllerApi.class).deleteTopic("nowhere").get(10, TimeUnit.SECONDS);

            assertThat(outcome).isEqualTo(Outcome.refused(new Refusal.UnknownTopic("nowhere")));
            assertThat(context.getBean(ControllerApi.class).standing())
                    .isEqualTo(new ControllerStanding(
                            new ControllerStanding.ActiveController("controller-0", "localhost", 40_123, 1), false));
            assertThat(meters.get("millrace.controller.decisions")
                            .tags("command", "delete-topic", "outcome", "refused")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("millrace.controller.epoch").gauge().value()).isEqualTo(1);
            assertThat(meters.get("kafka.controller.kafkacontroller.activecontrollercount")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("kafka.controller.kafkacontroller.globaltopiccount")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(meters.get("millrace.controller.zookeeper.connected")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(context.getBean(ControllerIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    private static void awaitLead(ControllerNode node) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (node.epoch() < 0) {
            assertThat(System.nanoTime()).as("time to lead").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private static ControllerProperties controller(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("millrace.controller", Bindable.of(ControllerProperties.class));
    }
}
