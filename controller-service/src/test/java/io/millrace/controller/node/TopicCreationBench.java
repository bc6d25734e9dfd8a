package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.statemachine.LogObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures the controller on a real ZooKeeper server in this JVM. Not run by the build; -Dtest=TopicCreationBench does. */
@EnabledIfSystemProperty(named = "test", matches = ".*TopicCreationBench.*")
class TopicCreationBench {
    @ParameterizedTest
    @ValueSource(ints = {1, 1, 1_000, 10_000})
    void topicOfSoManyPartitions(int partitions) throws Exception {
        ZooKeeperFixture zooKeeper = new ZooKeeperFixture();
        ControllerNode node = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        ZooKeeperController.awaitLead(node);
        BrokerRegistration broker = new BrokerRegistration(0, null, new UUID(0, 1), null, List.of());
        assertThat(ZooKeeperController.await(node.registerBroker(broker))).isInstanceOf(Outcome.Done.class);

        measure("create", partitions, () -> node.createTopic(topic("wide", partitions)));
        node.close();
        long began = System.nanoTime();
        ControllerNode next = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        ZooKeeperController.awaitLead(next);
        report("take over by the next controller", partitions, System.nanoTime() - began);
        measure("delete", partitions, () -> next.deleteTopic("wide"));

        next.close();
        zooKeeper.close();
    }

    private static CreateTopicRequest topic(String name, int partitions) {
        return new CreateTopicRequest(name, partitions, 1, Map.of(), false);
    }

    private static <T> void measure(String what, int partitions, Request<T> request) throws Exception {
        long began = System.nanoTime();
        assertThat(ZooKeeperController.await(request.send())).isInstanceOf(Outcome.Done.class);
        report(what, partitions, System.nanoTime() - began);
    }

    private static void report(String what, int partitions, long nanos) {
        System.out.printf("BENCH %,6d partitions: %s in %,.1f ms%n", partitions, what, nanos / 1e6);
    }

    /** Something to be measured. */
    private interface Request<T> {
        CompletableFuture<Outcome<T>> send();
    }
}
