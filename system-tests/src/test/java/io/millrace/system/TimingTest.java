package io.millrace.system;

import io.millrace.system.client.Rest;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.ClusterPlan;
import io.millrace.system.cluster.Controller;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Measures a cluster with the settings that it has when nobody changes them, and prints a table. */
@Tag("timing")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimingTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int ROUNDS = Integer.getInteger("millrace.system.rounds", 3);
    private static final int KILLS = Integer.getInteger("millrace.system.kills", 30);
    private static final int STOPS = 5;
    private static final int PAUSES = 3;

    /** Partitions of the topic whose leaders are struck. */
    private static final int LED = 6;

    private static final Map<String, String> TABLE = new LinkedHashMap<>();

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.of("default-settings", ClusterPlan.of(2, 3, 2));

    private final Cluster cluster = RUNNING.get();

    @AfterAll
    static void print() {
        TABLE.forEach((what, value) -> System.out.printf("| %-92s | %12s |%n", what, value));
    }

    @Test
    @Order(1)
    void memoryOfIdleProcesses() {
        cluster.processes()
                .forEach(
                        process -> TABLE.put("resident memory, " + process.name(), mebibytes(process.residentBytes())));
    }

    @Test
    @Order(2)
    void fromNothingToAllHealthy() {
        for (int round = 1; round <= ROUNDS; round++) {
            cluster.processes().toList().reversed().forEach(ServerProcess::stop);
            long start = System.nanoTime();
            cluster.start();
            note("all healthy after a start of everything", round, start);
        }
    }

    @Test
    @Order(3)
    void aKilledBrokerIsFenced() {
        Broker broker = cluster.broker(1);
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            broker.process().kill();
            cluster.awaitBrokersAlive(cluster.gateway(1), cluster.brokers().size() - 1, LIMIT);
            note("a killed broker is fenced in a gateway's picture", round, start);
            start = System.nanoTime();
            cluster.start();
            note("all healthy after it is started again", round, start);
        }
    }

    @Test
    @Order(4)
    void aPausedBrokerIsFenced() {
        Broker broker = cluster.broker(1);
        long start = System.nanoTime();
        broker.process().pause();
        cluster.awaitBrokersAlive(cluster.gateway(1), cluster.brokers().size() - 1, LIMIT);
        note("a paused broker is fenced in a gateway's picture", 1, start);
        start = System.nanoTime();
        broker.process().resume();
        cluster.awaitHealthy();
        note("all healthy after it goes on", 1, start);
    }

    @Test
    @Order(5)
    void anotherControllerTakesOver() {
        for (int round = 1; round <= ROUNDS; round++) {
            Controller killed = cluster.activeController();
            long start = System.nanoTime();
            killed.process().kill();
            awaitCreated("killed-" + round);
            note("a topic can be created after the active controller was killed", round, start);
            cluster.start();

            Controller stopped = cluster.activeController();
            start = System.nanoTime();
            stopped.process().stop();
            awaitCreated("stopped-" + round);
            note("a topic can be created after the active controller was stopped", round, start);
            cluster.start();
        }
    }

    @Test
    @Order(6)
    void anotherReplicaLeadsWhenTheLeaderWasKilled() {
        measure("killed", KILLS, ServerProcess::kill, Cluster::start);
    }

    @Test
    @Order(7)
    void anotherReplicaLeadsWhenTheLeaderWasStopped() {
        measure("stopped", STOPS, ServerProcess::stop, Cluster::start);
    }

    @Test
    @Order(8)
    void anotherReplicaLeadsWhenTheLeaderHangs() {
        measure(
                "paused",
                PAUSES,
                ServerProcess::pause,
                all -> all.brokers().forEach(broker -> broker.process().resume()));
    }

    /** The longest time without an acknowledgement from the blow until records flow again, of what the victim led. */
    private void measure(String how, int times, Consumer<ServerProcess> blow, Consumer<Cluster> mend) {
        List<Long> millis = new ArrayList<>();
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated(how, LED))) {
            for (int round = 0; round < times; round++) {
                Broker leader = cluster.broker(
                        traffic.gateway().partitions(how).get(round % LED).getLeader());
                List<Integer> led = traffic.ledBy(leader.id());
                long struck = System.nanoTime();
                blow.accept(leader.process());
                traffic.awaitFlow(led);
                led.forEach(partition -> millis.add(
                        traffic.load().longestSilence(partition, struck).toMillis()));
                mend.accept(cluster);
                cluster.awaitHealthy();
                traffic.awaitAllInSync(3, LIMIT);
            }
            traffic.settle();
        }
        Collections.sort(millis);
        String what = times + " times a leader was " + how + ", " + millis.size() + " partitions: longest silence, ";
        TABLE.put(what + "p50", millis.get(millis.size() / 2) + " ms");
        TABLE.put(what + "p99", millis.get(Math.ceilDiv(millis.size() * 99, 100) - 1) + " ms");
        TABLE.put(what + "worst", millis.getLast() + " ms");
    }

    private void awaitCreated(String topic) {
        Rest gateway = cluster.rest(cluster.gateway(1));
        Await.until(
                "topic " + topic + " to be created",
                LIMIT,
                () -> gateway.post("topics", "{\"topic_name\":\"" + topic + "\"}")
                                        .status()
                                == 201
                        || gateway.get("topics/" + topic).status() == 200);
    }

    private static void note(String what, int round, long start) {
        String millis = Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms";
        TABLE.put(what + ", round " + round, millis);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
