package io.millrace.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final InMemoryBroker broker = new InMemoryBroker(loop, clock);

    @Test
    void aClusterThatHasAllItNeedsIsHealthy() {
        InMemoryController controller = InMemoryController.withBroker();
        createOrders(controller, Map.of());

        HealthReport report = check(controller);

        assertThat(report.healthy()).isTrue();
        assertThat(report.reasons()).isEmpty();
    }

    @Test
    void aBrokerThatIsDownIsNamedAndSoAreThePartitionsItLed() {
        InMemoryController controller = InMemoryController.withBroker();
        createOrders(controller, Map.of());
        controller.heartbeat(new BrokerHeartbeat(0, 1, 0, true)).join();

        HealthReport report = check(controller);

        assertThat(report.healthy()).isFalse();
        assertThat(report.serving()).isFalse();
        assertThat(report.brokersDown()).containsExactly(0);
        assertThat(report.offlinePartitions())
                .containsExactly(new TopicPartition("orders", 0), new TopicPartition("orders", 1));
        assertThat(report.reasons())
                .containsExactly(
                        "Broker 0 is down or not ready: start it, or see in its log what it waits for.",
                        "Partitions orders-0, orders-1 have no leader, so nothing can be written or read there: start a"
                                + " broker that has all records (0).");
    }

    @Test
    void aClusterWithoutBrokersSaysSo() {
        assertThat(check(new InMemoryController()).reasons()).containsExactly("No broker has registered: start one.");
    }

    @Test
    void theControllerThatDecidesIsNamed() {
        assertThat(check(InMemoryController.withBroker()).controllerId()).contains("controller-0");
    }

    @Test
    void withoutAControllerTheClusterServesButIsNotHealthy() {
        HealthReport report = check(standing(ControllerStanding.UNKNOWN));

        assertThat(report.serving()).isTrue();
        assertThat(report.controllerId()).isEmpty();
        assertThat(report.reasons()).singleElement().asString().startsWith("No controller decides");
    }

    @Test
    void aControllerThatHasLostZooKeeperIsAReasonAndNoFailure() {
        ActiveController active = new ActiveController("controller-7", "10.0.0.7", 19093, 4);

        HealthReport report = check(standing(new ControllerStanding(active, true)));

        assertThat(report.serving()).isTrue();
        assertThat(report.controllerId()).contains("controller-7");
        assertThat(report.reasons())
                .singleElement()
                .asString()
                .startsWith("The controller controller-7 has lost ZooKeeper")
                .endsWith(".");
    }

    @Test
    void tooFewInSyncReplicasAreTold() {
        InMemoryController controller = InMemoryController.withBroker();
        createOrders(controller, Map.of("min.insync.replicas", "2"));

        HealthReport report = check(controller);

        assertThat(report.underMinIsrPartitions()).hasSize(2);
        assertThat(report.reasons().getFirst()).contains("min.insync.replicas");
        assertThat(report.healthy()).isFalse();
        assertThat(report.serving())
                .as("the processes are well: only appends to that topic are refused")
                .isTrue();
    }

    @Test
    void missingReplicasAreToldWithTheirBrokers() {
        InMemoryController controller = InMemoryController.withBroker();
        createOrders(controller, Map.of());
        ClusterImage image = controller.image();
        PartitionImage old = image.topic("orders").orElseThrow().partitions().getFirst();
        PartitionImage thin =
                new PartitionImage(old.topicId(), 0, List.of(0, 1, 2), List.of(0), 0, old.leaderEpoch(), 1);
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtPartitions(
                image.apply(new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(thin)))));

        assertThat(diagnosis.report().underReplicatedPartitions()).containsExactly(new TopicPartition("orders", 0));
        assertThat(diagnosis.report().reasons())
                .containsExactly(
                        "Partition orders-0 has replicas that are not in sync: see to brokers 1, 2.",
                        "Brokers 1, 2 are to keep replicas and are not registered: start them, or move the replicas to"
                                + " others (millrace partition move --away-from).");
    }

    @Test
    void replicationInTroubleIsToldWithWhatToDo() {
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtPartitions(new ReplicatedCluster().image());
        HealthReport report = diagnosis.report();

        assertThat(report.reassigningPartitions()).containsExactly(new TopicPartition("orders", 1));
        assertThat(report.uncleanElectionPartitions()).containsExactly(new TopicPartition("orders", 3));
        assertThat(report.underReplicatedPartitions())
                .as("a replica that is being added is not missing")
                .containsExactly(new TopicPartition("orders", 2), new TopicPartition("orders", 3));
        assertThat(report.reasons())
                .containsExactly(
                        "Partition orders-3 has no leader, and no replica is known to hold all records: an unclean election"
                                + " gives it one (millrace partition elect-leader --unclean) and loses what that one lacks;"
                                + " so first bring back broker 4, if it can be.",
                        "Partitions orders-2, orders-3 have fewer in-sync replicas than min.insync.replicas, so appends"
                                + " with acks=all are refused: bring brokers back, or lower the config.",
                        "Partitions orders-2, orders-3 have replicas that are not in sync: see to brokers 3, 4.");
    }

    @Test
    void whatIsUnderWayOrMendsItselfIsANoteAndNoReason() {
        ClusterImage image = new ReplicatedCluster().image();
        PartitionImage old = image.topic("orders").orElseThrow().partitions().getFirst();
        PartitionImage ledByAnother =
                new PartitionImage(old.topicId(), 0, List.of(1, 2, 3), List.of(1, 2, 3), 2, old.leaderEpoch() + 1, 1);
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtPartitions(
                image.apply(new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(ledByAnother)))));

        assertThat(diagnosis.report().notes())
                .containsExactly(
                        "Partition orders-1 is being moved: see how far with millrace partition status.",
                        "Partition orders-0 is not led by the preferred replica, which could lead: the controller gives"
                                + " the lead back in a while, unless it is told not to"
                                + " (millrace.controller.leader-imbalance.rebalance); millrace partition elect-leader does"
                                + " it now.");
    }

    @Test
    void whenNoReplicaIsDownNobodyIsToBeWaitedForBeforeAnUncleanElection() {
        ClusterImage image = new ReplicatedCluster().image();
        PartitionImage old = image.topic("orders").orElseThrow().partitions().get(3);
        PartitionImage allThere = new PartitionImage(
                old.topicId(), 3, List.of(3), List.of(), PartitionImage.NO_LEADER, old.leaderEpoch(), 1);
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtPartitions(
                image.apply(new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(allThere)))));

        assertThat(diagnosis.report().reasons().getFirst())
                .startsWith("Partition orders-3 has no leader, and no replica is known to hold all records")
                .endsWith("loses what that one lacks; no replica that is down could have more.");
    }

    @Test
    void severalBrokersThatAreDownAreNamedTogether() {
        Diagnosis diagnosis = new Diagnosis();
        ClusterImage image = new ReplicatedCluster().image();
        BrokerImage third = Objects.requireNonNull(image.brokers().get(3));

        diagnosis.lookAtBrokers(image.apply(
                new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(third.withFencing(true))))));

        assertThat(diagnosis.report().reasons())
                .containsExactly(
                        "Brokers 3, 4 are down or not ready: start them, or see in their logs what they wait for.");
    }

    @Test
    void aMoveToABrokerThatIsDownIsAReason() {
        ReplicatedCluster cluster = new ReplicatedCluster();
        cluster.reassignPartitions(new ReassignPartitionsRequest(
                        List.of(new ReassignPartitionsRequest.Part(
                                new TopicPartition("orders", 0), Optional.of(List.of(1, 2, 4)))),
                        Reassignment.UNLIMITED))
                .join();
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtPartitions(cluster.image());

        assertThat(diagnosis.report().reasons())
                .last()
                .asString()
                .isEqualTo(
                        "Partition orders-0 has to wait with its move for broker 4, which is down: start it, or cancel"
                                + " the move (millrace partition move --cancel).");
    }

    @Test
    void aFailedLogDirectoryIsToldWithItsReason() {
        Diagnosis diagnosis = new Diagnosis();

        diagnosis.lookAtDirectories(List.of(
                new LogDirectoryStatus(0, "/var/a", null, 1, 1, 1),
                new LogDirectoryStatus(3, "/var/b", "No space left on device", 1, 1, 0)));

        assertThat(diagnosis.report().serving()).isFalse();
        assertThat(diagnosis.report().failedLogDirectories())
                .extracting(LogDirectoryStatus::path)
                .containsExactly("/var/b");
        assertThat(diagnosis.report().reasons())
                .containsExactly(
                        "Log directory /var/b of broker 3 has failed (No space left on device): repair the disk"
                                + " or make room, then restart the broker.");
    }

    @Test
    void brokersThatDoNotAnswerInTimeAreAReason() {
        InMemoryController controller = InMemoryController.withBroker();
        var report = health(controller).check();
        loop.dropAll();

        clock.advance(PATIENCE);
        loop.runUntilIdle();

        assertThat(report.join().reasons()).singleElement().asString().contains("within 2000 ms");
    }

    private HealthReport check(ControllerApi controller) {
        var report = health(controller).check();
        loop.runUntilIdle();
        return report.join();
    }

    private ClusterHealth health(ControllerApi controller) {
        return new ClusterHealth(broker, controller, new MetadataView(controller), loop, PATIENCE);
    }

    private static ControllerApi standing(ControllerStanding standing) {
        return new ForwardingController(InMemoryController.withBroker()) {
            @Override
            public ControllerStanding standing() {
                return standing;
            }
        };
    }

    private static void createOrders(InMemoryController controller, Map<String, String> configs) {
        controller
                .createTopic(new CreateTopicRequest("orders", 2, 1, configs, false))
                .join();
    }
}
