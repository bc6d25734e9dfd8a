package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Answer;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Controller;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records go in and out while those that decide, and where they keep their decisions, are lost and come back. */
class ControllerLossTest {
    private static final int PARTITIONS = 4;
    private static final Duration SESSION = RunningCluster.SESSION;
    private static final Duration LEASE = RunningCluster.LONG_LEASE;

    /** A dead controller's session has to expire first; the rest is for a busy machine. */
    private static final Duration TAKEN_OVER_AFTER_KILL = SESSION.plusSeconds(10);

    private static final Duration HANDED_OVER = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration UNDISTURBED = Duration.ofSeconds(3);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withLongLeases();

    private final Cluster cluster = RUNNING.get();

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void theStandbyTakesOverFromAKilledControllerAndRecordsNeverStop() throws Exception {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("killed-controller", PARTITIONS))) {
            Controller killed = cluster.activeController();
            int epoch = killed.epoch().orElseThrow();
            long start = System.nanoTime();

            killed.process().kill();
            awaitCreated("after-the-kill", TAKEN_OVER_AFTER_KILL);
            print("a topic can be created again after the active controller was killed", start);

            assertThat(cluster.activeController().epoch().orElseThrow()).isGreaterThan(epoch);
            awaitSeenEverywhere("after-the-kill");
            traffic.awaitFlow();
            traffic.settleUndisturbed(UNDISTURBED);
        }
    }

    @Test
    void theStandbyElectsLeadersWhenItHasTakenOver() throws Exception {
        Broker killed = cluster.broker(1);
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("elections", PARTITIONS))) {
            cluster.activeController().process().kill();
            awaitCreated("after-the-takeover", TAKEN_OVER_AFTER_KILL);
            assertThat(traffic.ledBy(killed.id())).isNotEmpty();

            killed.process().kill();
            traffic.awaitFlow();

            cluster.start();
            traffic.awaitAllInSync(3, LIMIT);
            traffic.settle();
        }
    }

    @Test
    void aControllerThatStopsHandsOverAtOnce() throws Exception {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("stopped-controller", PARTITIONS))) {
            Controller stopped = cluster.activeController();

            assertThat(stopped.process().stop()).isEqualTo(143);
            long start = System.nanoTime();
            awaitCreated("after-the-stop", HANDED_OVER);
            print("a topic can be created again after the active controller had stopped", start);

            awaitSeenEverywhere("after-the-stop");
            traffic.settleUndisturbed(UNDISTURBED);
        }
    }

    @Test
    void withoutZooKeeperRecordsGoOnNothingIsDecidedAndAllIsWellWhenItIsBack() throws Exception {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("no-zookeeper", PARTITIONS))) {
            cluster.zookeeper().process().kill();
            Answer refused = Await.until(
                    "the loss of ZooKeeper to be noticed",
                    LIMIT,
                    () -> create(cluster.gateway(1), "meanwhile"),
                    answer -> answer.status() != 201);
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.json().path("kafka_error").asString())
                    .as("%s", refused)
                    .isEqualTo("NOT_CONTROLLER");
            traffic.awaitFlowIn(LEASE.plusSeconds(2));

            cluster.zookeeper().process().start();
            long start = System.nanoTime();
            awaitCreated("afterwards", LIMIT);
            print("a topic can be created again after ZooKeeper was started again", start);
            awaitSeenEverywhere("afterwards");
            cluster.awaitHealthy();
            traffic.awaitFlow();
            traffic.settleUndisturbed(UNDISTURBED);
        }
        assertThat(cluster.processes()).allMatch(ServerProcess::isRunning);
    }

    private Answer create(Gateway gateway, String topic) throws Exception {
        return cluster.rest(gateway).post("topics", "{\"topic_name\":\"%s\",\"partitions_count\":2}".formatted(topic));
    }

    /** Tries until the topic is there; a try whose answer was lost may have made it. */
    private void awaitCreated(String topic, Duration limit) {
        Await.until(
                "topic " + topic + " to be created",
                limit,
                () -> create(cluster.gateway(1), topic),
                answer -> answer.status() == 201
                        || answer.json().path("kafka_error").asString().equals("TOPIC_ALREADY_EXISTS"));
    }

    private void awaitSeenEverywhere(String topic) {
        for (Gateway gateway : cluster.gateways()) {
            Await.until(
                    gateway.process().name() + " to see topic " + topic,
                    LIMIT,
                    () -> cluster.rest(gateway).get("topics/" + topic),
                    answer -> answer.status() == 200);
        }
    }

    private static void print(String what, long start) {
        System.out.println(Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms until " + what);
    }
}
