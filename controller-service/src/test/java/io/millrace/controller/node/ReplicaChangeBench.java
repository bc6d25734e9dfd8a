package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.statemachine.LogObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures changes of in-sync sets of 2,000 partitions on a real ZooKeeper server in this JVM. Not run by the build;
 * -Dtest=ReplicaChangeBench does.
 */
@EnabledIfSystemProperty(named = "test", matches = ".*ReplicaChangeBench.*")
class ReplicaChangeBench {
    private static final int ROUNDS = 5;
    private static final int PARTITIONS = 2_000;

    private final List<BrokerRegistered> brokers = new ArrayList<>();

    @Test
    void changesOfManyPartitions() throws Exception {
        ZooKeeperFixture zooKeeper = new ZooKeeperFixture();
        ControllerNode node = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        ZooKeeperController.awaitLead(node);
        for (int id = 0; id < 3; id++) {
            brokers.add(
                    done(node.registerBroker(new BrokerRegistration(id, null, new UUID(0, id + 1), null, List.of()))));
            beat(node, id, false);
        }
        done(node.createTopic(new CreateTopicRequest("wide", 3 * PARTITIONS, 3, Map.of(), false)));
        for (int round = 0; round < ROUNDS; round++) {
            List<PartitionImage> led = led(node, 0);
            measure(led.size(), "a wish that takes a follower out", () -> node.alterPartitions(wish(led, 2)));
            List<PartitionImage> thinner = led(node, 0);
            measure(led.size(), "a wish that takes it in", () -> node.alterPartitions(wish(thinner, 3)));
            long began = System.nanoTime();
            beat(node, 0, true);
            report(3 * PARTITIONS, "a broker is fenced", System.nanoTime() - began);
            began = System.nanoTime();
            beat(node, 0, false);
            report(0, "it is back", System.nanoTime() - began);
            for (int id = 1; id < 3; id++) {
                done(node.alterPartitions(wish(led(node, id), 3)));
            }
            began = System.nanoTime();
            done(node.electLeaders(new ElectLeadersRequest(Kind.PREFERRED, List.of())));
            report(PARTITIONS, "preferred replicas get their lead back", System.nanoTime() - began);
        }
        node.close();
        zooKeeper.close();
    }

    private void beat(ControllerNode node, int id, boolean wantsShutdown) throws Exception {
        done(node.heartbeat(new BrokerHeartbeat(
                id, brokers.get(id).brokerEpoch(), node.image().version(), wantsShutdown)));
    }

    private static List<PartitionImage> led(ControllerNode node, int broker) {
        return node.image().topic("wide").orElseThrow().partitions().stream()
                .filter(partition -> partition.leader() == broker)
                .toList();
    }

    private AlterPartitionsRequest wish(List<PartitionImage> partitions, int members) {
        int leader = partitions.getFirst().leader();
        List<AlterPartitionsRequest.Part> parts = new ArrayList<>();
        for (PartitionImage partition : partitions) {
            List<Member> inSync = new ArrayList<>(List.of(member(leader)));
            partition.replicas().stream()
                    .filter(id -> id != leader)
                    .limit(members - 1)
                    .forEach(id -> inSync.add(member(id)));
            parts.add(new AlterPartitionsRequest.Part(
                    partition.topicId(),
                    partition.partition(),
                    partition.leaderEpoch(),
                    partition.partitionEpoch(),
                    inSync,
                    1_000_000));
        }
        return new AlterPartitionsRequest(leader, brokers.get(leader).brokerEpoch(), parts);
    }

    private Member member(int id) {
        return new Member(id, brokers.get(id).brokerEpoch());
    }

    private static <T> void measure(int partitions, String what, Request<T> request) throws Exception {
        long began = System.nanoTime();
        done(request.send());
        report(partitions, what, System.nanoTime() - began);
    }

    private static <T> T done(CompletableFuture<Outcome<T>> answer) throws Exception {
        Outcome<T> outcome = ZooKeeperController.await(answer);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static void report(int partitions, String what, long nanos) {
        System.out.printf("BENCH %,6d partitions: %s in %,.1f ms%n", partitions, what, nanos / 1e6);
    }

    /** Something to be measured. */
    private interface Request<T> {
        CompletableFuture<Outcome<T>> send();
    }
}
