package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionerTest {
    private static final int STICKY_BYTES = 1000;

    private final InMemoryController controller = InMemoryController.withBroker();
    private final Partitioner partitioner = new Partitioner(STICKY_BYTES, new SeededRandomness(1));

    @Test
    void recordsWithoutAKeyStayForTheStickyBytesAndThenGoToTheNextPartition() {
        ClusterImage image = withTopic("orders", 3);
        int first = chooseWithoutKey(image, 100);

        for (int i = 1; i < 10; i++) {
            assertThat(chooseWithoutKey(image, 100)).isEqualTo(first);
        }
        assertThat(chooseWithoutKey(image, 100)).isEqualTo((first + 1) % 3);
    }

    @Test
    void recordsWithoutAKeySpreadEvenly() {
        ClusterImage image = withTopic("orders", 7);
        int[] counts = new int[7];

        for (int i = 0; i < 70_000; i++) {
            counts[chooseWithoutKey(image, 137)]++;
        }

        assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(9_900, 10_100));
    }

    @Test
    void recordsWithoutAKeyAvoidPartitionsWithoutALeader() {
        ClusterImage image = withoutLeader(withTopic("orders", 3), 1);

        for (int i = 0; i < 100; i++) {
            assertThat(chooseWithoutKey(image, STICKY_BYTES)).isNotEqualTo(1);
        }
    }

    @Test
    void aKeyStaysOnItsPartitionWhateverItsLeader() {
        ClusterImage image = withTopic("orders", 3);
        ByteBuffer key = ByteBuffer.wrap(new byte[] {1, 2, 3});
        int partition = partitioner.choose(image, image.topic("orders").orElseThrow(), key, 10);

        ClusterImage later = withoutLeader(image, partition);

        assertThat(partitioner.choose(later, later.topic("orders").orElseThrow(), key, 10))
                .isEqualTo(partition);
    }

    private int chooseWithoutKey(ClusterImage image, int bytes) {
        return partitioner.choose(image, image.topic("orders").orElseThrow(), null, bytes);
    }

    private ClusterImage withTopic(String name, int partitions) {
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, Map.of(), false))
                .join();
        return controller.image();
    }

    private static ClusterImage withoutLeader(ClusterImage image, int partition) {
        PartitionImage old = image.topic("orders").orElseThrow().partitions().get(partition);
        PartitionImage orphan = new PartitionImage(
                old.topicId(),
                partition,
                old.replicas(),
                old.inSyncReplicas(),
                PartitionImage.NO_LEADER,
                old.leaderEpoch() + 1,
                old.partitionEpoch() + 1);
        return image.apply(new ClusterDelta(
                image.version() + 1, image.controllerEpoch(), List.of(new MetadataChange.Put(orphan))));
    }
}
