package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a broker tells of replicas in a directory that has failed. */
class FailedDirectoryTest {
    private static final TopicId ORDERS = new TopicId(new UUID(0, 7));
    private static final TopicId OTHERS = new TopicId(new UUID(0, 8));

    private final StagedCluster controller = new StagedCluster();
    private final TwoBrokers brokers = new TwoBrokers(1, controller);

    @Test
    void aReplicaThatIsTakenInSyncAfterItsDirectoryHasFailedIsWithdrawn() {
        show(ORDERS, "orders", 5, List.of(1));
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        brokers.disk(0).failNext(DiskOperation.CREATE, ".log");
        show(OTHERS, "others", 0, List.of(1));
        brokers.pass(Duration.ofSeconds(1));

        show(ORDERS, "orders", 6, List.of(1, 0));
        brokers.pass(Duration.ofSeconds(1));

        assertThat(controller.withdrawals())
                .containsExactly(new WithdrawReplicasRequest(
                        0,
                        brokers.node(0).brokerEpoch(),
                        WithdrawReplicasRequest.Reason.STORAGE_FAILED,
                        List.of(new WithdrawReplicasRequest.Part(ORDERS, 0))));
    }

    private void show(TopicId id, String name, int partitionEpoch, List<Integer> inSync) {
        controller.change(
                new MetadataChange.Put(new TopicRecord(id, name, 1, 2, Map.of())),
                new MetadataChange.Put(new PartitionImage(id, 0, List.of(1, 0), inSync, 1, 3, partitionEpoch)));
    }
}
