package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Answer;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.Link;
import io.millrace.system.cluster.RunningCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every process runs, but two of them cannot talk to each other. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "each link has a loopback address of its own, which Linux has without set-up")
class LinksTest {
    private static final int PARTITIONS = 4;
    private static final Duration LEASE = RunningCluster.SHORT_LEASE;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(8);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withShortLeases();

    private final Cluster cluster = RUNNING.get();
    private final Gateway here = cluster.gateway(1);
    private final Gateway there = cluster.gateway(2);
    private final Broker broker = cluster.broker(2);

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void aGatewayThatIsCutOffFromABrokerSaysSoQuicklyAndTheOtherOneServes() throws Exception {
        Link link = cluster.link(here.process(), broker.process());
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("cut-gateway", PARTITIONS))) {
            int partition = traffic.ledBy(broker.id()).getFirst();

            link.cut();
            Answer refused = produce(here, "cut-gateway", partition);
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.header("Retry-After")).as("%s", refused).isPresent();
            assertThat(refused.took()).as("%s", refused).isLessThan(REFUSED_WITHIN);
            assertThat(read(there, "cut-gateway", partition).status()).isEqualTo(200);
            traffic.awaitFlow(traffic.except(traffic.ledBy(broker.id())));

            link.heal();
            awaitProduced(here, "cut-gateway-healed");
            traffic.awaitFlow();
            traffic.settle();
        }
    }

    @Test
    void aBrokerThatIsCutOffFromTheControllerIsFencedAndWritesNothing() throws Exception {
        Link broken =
                cluster.link(broker.process(), cluster.controllers().getFirst().process());
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("cut-broker", PARTITIONS))) {
            List<Integer> led = traffic.ledBy(broker.id());

            broken.cut();
            cluster.awaitBrokersAlive(here, 1, LEASE.plusSeconds(5));
            assertThat(produce(here, "cut-broker", led.getFirst()).status()).isEqualTo(503);
            traffic.awaitFlow(traffic.except(led));

            broken.heal();
            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.settle();
        }
    }

    @Test
    void aBrokerWhoseLeaseHasRunOutRefusesWritesEvenFromAGatewayThatKnowsNothingOfIt() throws Exception {
        var controller = cluster.controllers().getFirst().process();
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("old-picture", PARTITIONS))) {
            List<Integer> led = traffic.ledBy(broker.id());

            cluster.link(there.process(), controller).silence();
            cluster.link(broker.process(), controller).silence();
            cluster.awaitBrokersAlive(here, 1, LEASE.plusSeconds(5));
            Answer refused = produce(there, "old-picture", led.getFirst());
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.body()).contains("lease");

            cluster.link(there.process(), controller).heal();
            cluster.link(broker.process(), controller).heal();
            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.settle();
        }
    }

    @Test
    void aGatewayThatIsCutOffFromTheControllerGoesOnWithItsPicture() throws Exception {
        Link broken =
                cluster.link(here.process(), cluster.controllers().getFirst().process());
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("cut-picture", PARTITIONS))) {
            broken.cut();
            traffic.awaitFlowIn(LEASE.plusSeconds(2));
            cluster.rest(there).createTopic("unseen", 1);
            Answer refused = cluster.rest(here).post("topics", "{\"topic_name\":\"impossible\"}");
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(read(here, "unseen", 0).status()).isEqualTo(404);

            broken.heal();
            Await.until(
                    "the gateway to see the new topic",
                    LIMIT,
                    () -> read(here, "unseen", 0),
                    answer -> answer.status() == 200);
            traffic.settleUndisturbed(Duration.ofSeconds(3));
        }
    }

    private Answer produce(Gateway gateway, String topic, int partition) throws Exception {
        return cluster.rest(gateway)
                .post("topics/" + topic + "/records", "{\"partition_id\":%d,\"value\":\"x\"}".formatted(partition));
    }

    private Answer read(Gateway gateway, String topic, int partition) throws Exception {
        return cluster.rest(gateway).get("topics/" + topic + "/partitions/" + partition + "/records?from=latest");
    }

    /** A topic with partitions everywhere takes records through that gateway. */
    private void awaitProduced(Gateway gateway, String topic) throws Exception {
        cluster.rest(gateway).createTopic(topic, PARTITIONS);
        for (int i = 0; i < PARTITIONS; i++) {
            int partition = i;
            Await.until(
                    "partition " + partition + " to take records through "
                            + gateway.process().name(),
                    LIMIT,
                    () -> produce(gateway, topic, partition),
                    answer -> answer.status() == 200);
        }
    }
}
