package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Answer;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.Link;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 3;
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
    void aFollowerThatHearsNothingFromLeadersLeavesTheInSyncSetsAndComesBackWhenItDoes() throws Exception {
        Broker follower = cluster.broker(3);
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("deaf-follower", PARTITIONS))) {
            List<Integer> followed = traffic.except(traffic.ledBy(follower.id()));

            leadersOf(follower).forEach(link -> link.silence(Link.Direction.BACK));
            traffic.awaitInSync(followed, REPLICAS - 1, LIMIT);
            traffic.awaitFlow();

            leadersOf(follower).forEach(Link::heal);
            traffic.awaitAllInSync(REPLICAS, LIMIT);
            traffic.settle();
        }
    }

    @Test
    void aLeaderThatOnlyGatewaysReachMakesWayForOneThatOthersReachAndKeepsNothingOfItsOwn() throws Exception {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("lonely-leader", PARTITIONS))) {
            List<Integer> led = traffic.ledBy(broker.id());
            assertThat(led).isNotEmpty();

            waysOfServers(broker).forEach(Link::silence);
            cluster.awaitBrokersAlive(here, 2, LEASE.plusSeconds(5));
            traffic.awaitFlow();
            assertThat(traffic.ledBy(broker.id())).isEmpty();

            waysOfServers(broker).forEach(Link::heal);
            cluster.awaitHealthy();
            traffic.awaitAllInSync(REPLICAS, LIMIT);
            traffic.settle();
        }
    }

    @Test
    void aBrokerThatIsCutOffFromTheControllerIsFencedAndWritesNothing() throws Exception {
        List<Link> broken = controllersOf(broker.process());
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("cut-broker", PARTITIONS))) {
            List<Integer> led = traffic.ledBy(broker.id());

            broken.forEach(Link::cut);
            cluster.awaitBrokersAlive(here, 2, LEASE.plusSeconds(5));
            assertThat(produce(here, "cut-broker", led.getFirst()).status()).isEqualTo(503);
            traffic.awaitFlow(traffic.except(led));

            broken.forEach(Link::heal);
            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.settle();
        }
    }

    @Test
    void aBrokerWhoseLeaseHasRunOutRefusesWritesEvenFromAGatewayThatKnowsNothingOfIt() throws Exception {
        List<Link> broken = Stream.of(there.process(), broker.process())
                .flatMap(client -> controllersOf(client).stream())
                .toList();
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("old-picture", PARTITIONS))) {
            List<Integer> led = traffic.ledBy(broker.id());

            broken.forEach(Link::silence);
            cluster.awaitBrokersAlive(here, 2, LEASE.plusSeconds(5));
            Answer refused = produce(there, "old-picture", led.getFirst());
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.body()).contains("lease");

            broken.forEach(Link::heal);
            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.settle();
        }
    }

    @Test
    void aGatewayThatIsCutOffFromTheControllerGoesOnWithItsPicture() throws Exception {
        List<Link> broken = controllersOf(here.process());
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("cut-picture", PARTITIONS))) {
            broken.forEach(Link::cut);
            traffic.awaitFlowIn(LEASE.plusSeconds(2));
            cluster.rest(there).createTopic("unseen", 1);
            Answer refused = cluster.rest(here).post("topics", "{\"topic_name\":\"impossible\"}");
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(read(here, "unseen", 0).status()).isEqualTo(404);

            broken.forEach(Link::heal);
            Await.until(
                    "the gateway to see the new topic",
                    LIMIT,
                    () -> read(here, "unseen", 0),
                    answer -> answer.status() == 200);
            traffic.settleUndisturbed(Duration.ofSeconds(3));
        }
    }

    private List<Link> controllersOf(ServerProcess client) {
        return cluster.controllers().stream()
                .map(controller -> cluster.link(client, controller.process()))
                .toList();
    }

    /** The ways on which a broker gets records from others. */
    private List<Link> leadersOf(Broker follower) {
        return others(follower)
                .map(leader -> cluster.link(follower.process(), leader.process()))
                .toList();
    }

    /** The ways between a broker and all other servers, there and back. */
    private List<Link> waysOfServers(Broker one) {
        return Stream.of(
                        leadersOf(one).stream(),
                        others(one).map(other -> cluster.link(other.process(), one.process())),
                        cluster.controllers().stream()
                                .map(controller -> cluster.link(one.process(), controller.process())))
                .flatMap(kind -> kind)
                .toList();
    }

    private Stream<Broker> others(Broker one) {
        return cluster.brokers().stream().filter(each -> each.id() != one.id());
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
