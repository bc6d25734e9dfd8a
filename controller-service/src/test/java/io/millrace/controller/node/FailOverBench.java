package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.Ensemble;
import io.millrace.controller.zookeeper.Links;
import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.statemachine.LogObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how long nobody decides when a controller of 10,000 partitions goes, on three ZooKeeper servers in this JVM, with
 * the session timeout of the product. Not run by the build; -Dtest=FailOverBench does.
 */
@EnabledIfSystemProperty(named = "test", matches = ".*FailOverBench.*")
class FailOverBench {
    private static final int SESSION_TIMEOUT_MILLIS = 4_000;
    private static final int TOPICS = 10;
    private static final int PARTITIONS_PER_TOPIC = 1_000;

    @Test
    void withTheClockOfZooKeeperAsItIsByDefault() throws Exception {
        failOver(2_000);
    }

    @Test
    void withAclockOfZooKeeperThatBeatsTwiceAsFast() throws Exception {
        failOver(1_000);
    }

    private static void failOver(int tickMillis) throws Exception {
        Ensemble ensemble = new Ensemble(tickMillis);
        ZooKeeperFixture zooKeeper = new ZooKeeperFixture(ensemble.connectString(), SESSION_TIMEOUT_MILLIS);
        Links links = new Links(ensemble);
        ControllerNode first = ZooKeeperController.start(
                zooKeeper, zooKeeper.client(links.connectString()), "first", LogObserver.NONE);
        ZooKeeperController.awaitLead(first);
        for (int id = 0; id < 3; id++) {
            startBroker(first, id);
        }
        for (int i = 0; i < TOPICS; i++) {
            create(first, "topic-" + i, PARTITIONS_PER_TOPIC);
        }
        ControllerNode second = ZooKeeperController.start(zooKeeper, "second", LogObserver.NONE);
        ControllerNode third = ZooKeeperController.start(zooKeeper, "third", LogObserver.NONE);
        ZooKeeperController.awaitUntil(
                "standbys",
                () -> second.standing().equals(first.standing())
                        && third.standing().equals(first.standing()));

        long began = System.nanoTime();
        links.cut();
        ZooKeeperController.awaitUntil("a successor", () -> second.epoch() >= 0 || third.epoch() >= 0);
        report(tickMillis, "killed: until the next one decides", began);
        ControllerNode active = second.epoch() >= 0 ? second : third;
        ControllerNode last = active == second ? third : second;
        create(active, "after-a-kill", 1);
        report(tickMillis, "killed: until a topic is created", began);

        long closed = System.nanoTime();
        active.close();
        ZooKeeperController.awaitLead(last);
        report(tickMillis, "closed: until the next one decides", closed);
        create(last, "after-a-close", 1);
        report(tickMillis, "closed: until a topic is created", closed);
        assertThat(last.image().topics()).hasSize(TOPICS + 2);

        first.close();
        last.close();
        links.close();
        zooKeeper.close();
        ensemble.close();
    }

    private static void startBroker(ControllerNode node, int id) throws Exception {
        Outcome<BrokerRegistered> outcome = ZooKeeperController.await(
                node.registerBroker(new BrokerRegistration(id, null, new UUID(id, 1), null, List.of())));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        BrokerRegistered broker = ((Outcome.Done<BrokerRegistered>) outcome).value();
        assertThat(ZooKeeperController.await(node.heartbeat(new BrokerHeartbeat(
                        id, broker.brokerEpoch(), node.image().version(), false))))
                .isInstanceOf(Outcome.Done.class);
    }

    private static void create(ControllerNode node, String name, int partitions) throws Exception {
        Outcome<TopicImage> outcome = ZooKeeperController.await(
                node.createTopic(new CreateTopicRequest(name, partitions, 3, Map.of(), false)));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static void report(int tickMillis, String what, long beganNanos) {
        System.out.printf(
                "BENCH tickTime %,d ms, 10,000 partitions, %s: %,.0f ms%n",
                tickMillis, what, (System.nanoTime() - beganNanos) / 1e6);
    }
}
