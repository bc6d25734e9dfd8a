package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Answer;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics of three replicas go on without any one broker, and lose nothing without all of them. */
class FailOverTest {
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 3;
    private static final Duration LEASE = RunningCluster.SHORT_LEASE;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** On a quiet machine a second; the rest is for a busy one. */
    private static final Duration FAILED_OVER = Duration.ofSeconds(8);

    /** Leaders that are handed over in order leave hardly a gap. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(3);

    /** What a JVM ends with that was asked to stop. */
    private static final int ASKED_TO_STOP = 143;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withShortLeases();

    private final Cluster cluster = RUNNING.get();

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void anotherReplicaLeadsWithinSecondsWhenALeaderIsKilledAndNothingIsLost() {
        Broker killed = cluster.broker(1);
        try (Traffic traffic = start("killed-leader")) {
            List<Integer> led = traffic.ledBy(killed.id());
            assertThat(led).isNotEmpty();

            killed.process().kill();
            traffic.awaitFlow();
            led.forEach(partition -> assertThat(traffic.load().longestSilence(partition))
                    .as("silence of partition %d", partition)
                    .isLessThan(FAILED_OVER));

            cluster.start();
            traffic.awaitAllInSync(REPLICAS, LIMIT);
            traffic.settle();
        }
    }

    @Test
    void aLeaderThatWakesFromAPauseAcknowledgesNothingUnderItsOldEpoch() throws Exception {
        Broker paused = cluster.broker(2);
        Gateway behind = cluster.gateway(2);
        cluster.rest(behind).createTopic("asked-directly", PARTITIONS, REPLICAS);
        try (Traffic traffic = start("paused-leader")) {
            int led = traffic.gateway()
                    .partitionsLedBy(paused.id(), "asked-directly")
                    .getFirst();

            Answer refused = askedByWhoeverKnowsNothingOfTheNewLeader(behind, paused, led);
            assertThat(refused.status())
                    .as("the woken one knows by then that it does not lead, or leads again: %s", refused)
                    .isIn(409, 503);

            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.awaitAllInSync(REPLICAS, LIMIT);
            traffic.settle();
        }
    }

    /** The answer that a gateway gets from a leader that wakes when another one leads, of which that gateway has not heard. */
    private Answer askedByWhoeverKnowsNothingOfTheNewLeader(Gateway behind, Broker paused, int led) throws Exception {
        cutOffFromControllers(behind);
        try {
            paused.process().pause();
            cluster.awaitBrokersAlive(cluster.gateway(1), 2, LEASE.plus(FAILED_OVER));
            awaitStored(cluster.gateway(1), "asked-directly", led);
            paused.process().resume();
            return produce(behind, "asked-directly", led);
        } finally {
            heal(behind);
        }
    }

    @Test
    void aBrokerThatIsStoppedHandsOverWhatItLeadsAndNobodyIsRefused() {
        Broker stopped = cluster.broker(3);
        try (Traffic traffic = start("stopped-leader")) {
            List<Integer> led = traffic.ledBy(stopped.id());
            assertThat(led).isNotEmpty();

            assertThat(stopped.process().stop()).isEqualTo(ASKED_TO_STOP);
            traffic.awaitFlow();
            traffic.settleUndisturbed(HANDED_OVER);
        }
    }

    @Test
    void whatWasAcknowledgedIsThereWhenAllBrokersWereKilledAtOnce() {
        try (Traffic traffic = start("all-killed")) {
            cluster.brokers().stream().map(Broker::process).parallel().forEach(ServerProcess::kill);
            cluster.start();
            traffic.awaitFlow();
            traffic.awaitAllInSync(REPLICAS, LIMIT);
            traffic.settle();
        }
    }

    @Test
    void oneBrokerAfterTheOtherIsStartedAgainWhileRecordsFlow() {
        try (Traffic traffic = start("rolling")) {
            for (Broker broker : cluster.brokers()) {
                assertThat(broker.process().stop()).isEqualTo(ASKED_TO_STOP);
                broker.process().start();
                cluster.awaitHealthy();
                traffic.awaitAllInSync(REPLICAS, LIMIT);
            }
            traffic.awaitFlow();
            traffic.settleUnrefused(HANDED_OVER);
        }
    }

    private Traffic start(String topic) {
        return Traffic.start(cluster, Traffic.Plan.replicated(topic, PARTITIONS));
    }

    /** It goes on with the picture that it has. */
    private void cutOffFromControllers(Gateway gateway) {
        cluster.controllers()
                .forEach(each -> cluster.link(gateway.process(), each.process()).silence());
    }

    private void heal(Gateway gateway) {
        cluster.controllers()
                .forEach(each -> cluster.link(gateway.process(), each.process()).heal());
    }

    private void awaitStored(Gateway gateway, String topic, int partition) {
        Await.until(
                "partition " + partition + " to take records from its new leader",
                FAILED_OVER,
                () -> produce(gateway, topic, partition),
                answer -> answer.status() == 200);
    }

    private Answer produce(Gateway gateway, String topic, int partition) throws Exception {
        return cluster.rest(gateway)
                .post("topics/" + topic + "/records", "{\"partition_id\":%d,\"value\":\"x\"}".formatted(partition));
    }
}
