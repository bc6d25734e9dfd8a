package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A broker whose disk lacks what the picture counts on says so before it may lead. */
class ReplicaProofTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));

    private final StagedCluster controller = new StagedCluster();
    private final TwoBrokers brokers = new TwoBrokers(1, controller);

    @Test
    void aDiskWithoutTheLogThatWasCountedOnIsConfessed() {
        showPartition(List.of(0, 1), 40);

        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.withdrawals())
                .containsExactly(new WithdrawReplicasRequest(
                        0,
                        brokers.node(0).brokerEpoch(),
                        WithdrawReplicasRequest.Reason.AMNESIA,
                        List.of(new WithdrawReplicasRequest.Part(ID, 0))));
    }

    @Test
    void aReplicaThatNobodyCountsOnHasNothingToConfess() {
        showPartition(List.of(1), 40);

        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.withdrawals()).isEmpty();
    }

    @Test
    void aNewPartitionIsProvedByHoldingNothing() {
        showPartition(List.of(0, 1), 0);

        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.withdrawals()).isEmpty();
    }

    @Test
    void thePictureIsNotCarriedOutBeforeTheConfessionIsTaken() {
        showPartition(List.of(0, 1), 40);
        long shown = controller.image().version();
        controller.answerWithdrawals(false);

        var _ = brokers.node(0).start(SimulatedBroker.ENDPOINTS);
        brokers.pass(Duration.ofSeconds(3));
        assertThat(controller.withdrawals()).hasSizeGreaterThan(5);
        assertThat(controller.heartbeats()).allMatch(beat -> beat.metadataVersion() < shown);

        controller.answerWithdrawals(true);
        brokers.pass(Duration.ofSeconds(3));
        assertThat(controller.heartbeats().getLast().metadataVersion()).isGreaterThanOrEqualTo(shown);
    }

    @Test
    void theRegistrationNamesTheDirectories() {
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.registrations().getFirst().directoryIds()).hasSize(1);
    }

    private void showPartition(List<Integer> inSync, long committedFloor) {
        controller.change(
                new MetadataChange.Put(new TopicRecord(ID, "orders", 1, 2, Map.of())),
                new MetadataChange.Put(new PartitionImage(
                        ID,
                        0,
                        List.of(0, 1),
                        inSync,
                        List.of(),
                        PartitionImage.NO_LEADER,
                        3,
                        5,
                        committedFloor,
                        null)));
    }
}
