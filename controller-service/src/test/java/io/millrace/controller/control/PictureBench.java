package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;

import io.millrace.core.api.BrokerRegistered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures what changes of a picture of 10,000 partitions cost the controller itself, with its log in memory: deciding and
 * applying. Not run by the build; -Dtest=PictureBench does.
 */
@EnabledIfSystemProperty(named = "test", matches = ".*PictureBench.*")
class PictureBench {
    private static final int ROUNDS = 5;

    @Test
    void changesOfAbigCluster() {
        for (int round = 0; round < ROUNDS; round++) {
            ControlWorld world = new ControlWorld(3_000);
            List<BrokerRegistered> brokers = new ArrayList<>();
            for (int id = 0; id < 3; id++) {
                brokers.add(world.startBroker(id));
            }
            for (int i = 0; i < 9; i++) {
                world.createTopic("topic-" + i, 1_000, 3);
            }
            measure("create a topic of 1,000 partitions", () -> world.createTopic("wide", 1_000, 3));
            measure("create a topic of 1 partition", () -> world.createTopic("narrow", 1, 3));
            measure(
                    "delete a topic of 1,000 partitions",
                    () -> done(world.await(world.node().deleteTopic("wide"))));
            measure("a broker is disconnected, its partitions get other leaders", () -> {
                world.node().disconnected(0, brokers.getFirst().brokerEpoch());
                world.settle();
                for (int i = 0; i < 8; i++) {
                    world.clock.advance(Duration.ofMillis(100));
                    world.settle();
                }
            });
            report("partitions led by others", (double) led(world), "");
            measure("the broker is back", () -> done(world.heartbeat(0, brokers.getFirst())));
            measure("the next controller loads", world::killController);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 190_000})
    void oneMorePartitionInAclusterOfSoMany(int partitions) {
        ControlWorld world = new ControlWorld(10_000);
        for (int id = 0; id < 3; id++) {
            world.startBroker(id);
        }
        for (int i = 0; i < partitions / 1_000; i++) {
            world.createTopic("topic-" + i, 1_000, 3);
        }
        for (int round = 0; round < 10 * ROUNDS; round++) {
            int number = round;
            measure("create a topic of 1 partition among " + partitions, () -> world.createTopic("n" + number, 1, 3));
            measure("count all of them anew", () -> new Holdings().load(world.image()));
        }
    }

    @Test
    void aBrokerOfFewPartitionsAmongVeryMany() {
        ControlWorld world = new ControlWorld(10_000);
        for (int id = 0; id < 4; id++) {
            world.startBroker(id);
        }
        for (int i = 0; i < 190; i++) {
            world.createTopic("topic-" + i, 1_000, 3);
        }
        BrokerRegistered newest = world.startBroker(4);
        world.createTopic("narrow", 2, 5);
        for (int round = 0; round < 4 * ROUNDS; round++) {
            measure("all partitions are looked at", () -> LeaderElection.changes(world.image(), id -> id != 4));
            measure("the broker is fenced", () -> world.stopBroker(4, newest));
            measure("the broker is back", () -> done(world.heartbeat(4, newest)));
            measure("preferred replicas are looked for", () -> ElectionDecisions.balance(world.image(), 1_000));
        }
    }

    private static long led(ControlWorld world) {
        return world.image().topics().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.leaderEpoch() > 0)
                .count();
    }

    private static void measure(String what, Runnable work) {
        long began = System.nanoTime();
        work.run();
        report(what, (System.nanoTime() - began) / 1e6, "ms");
    }

    private static void report(String what, double value, String unit) {
        System.out.printf("BENCH %s: %,.1f %s%n", what, value, unit);
    }
}
