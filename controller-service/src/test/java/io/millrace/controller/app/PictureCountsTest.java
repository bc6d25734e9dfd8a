package io.millrace.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PictureCountsTest {
    private static final TopicId ID = new TopicId(new UUID(1, 1));

    @Test
    void everythingIsCountedForWhatItIs() {
        Reassignment underWay = new Reassignment(List.of(3), List.of(2), Reassignment.UNLIMITED);
        ClusterImage image = ClusterImage.empty("a-cluster")
                .apply(new ClusterDelta(
                        1,
                        1,
                        List.of(
                                put(new BrokerImage(1, new UUID(0, 1), 1, null, List.of(), false)),
                                put(new BrokerImage(2, new UUID(0, 2), 1, null, List.of(), true)),
                                put(new PartitionImage(ID, 0, List.of(1, 2), List.of(1, 2), 1, 0, 0)),
                                put(new PartitionImage(ID, 1, List.of(1, 2), List.of(2), 2, 0, 0)),
                                put(new PartitionImage(
                                        ID, 2, List.of(3, 1, 2), List.of(1, 2), List.of(), 1, 0, 0, 0, underWay)),
                                put(new PartitionImage(ID, 3, List.of(1, 2), List.of(), -1, 0, 0)),
                                put(new TopicRecord(ID, "orders", 4, 2, Map.of("min.insync.replicas", "2"))))));

        assertThat(PictureCounts.of(image)).isEqualTo(new PictureCounts(1, 4, 1, 2, 2, 2, 1, 1, 1));
    }

    private static MetadataChange put(MetadataRecord fact) {
        return new MetadataChange.Put(fact);
    }
}
