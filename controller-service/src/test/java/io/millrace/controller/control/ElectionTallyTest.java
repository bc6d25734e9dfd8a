package io.millrace.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ElectionTallyTest {
    private static final TopicId ID = new TopicId(new UUID(1, 1));
    private static final PartitionImage BEFORE =
            new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(1), List.of(2), 1, 5, 7, 40, null);

    private final List<String> heard = new ArrayList<>();

    @Test
    void anElectionOfAnInSyncReplicaIsAnElection() {
        tally(
                new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(1, 2), List.of(), 1, 5, 7, 40, null),
                new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(2), List.of(1), 2, 6, 8, 40, null));

        assertThat(heard).containsExactly("1 0 0");
    }

    @Test
    void anElectionOfAnEligibleReplicaIsToldApart() {
        tally(BEFORE, new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(2), List.of(1), 2, 6, 8, 40, null));

        assertThat(heard).containsExactly("1 1 0");
    }

    @Test
    void anElectionOfAnyOtherReplicaIsUnclean() {
        tally(BEFORE, new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(3), List.of(), 3, 6, 8, 0, null));

        assertThat(heard).containsExactly("1 0 1");
    }

    @Test
    void aReplicaThatIsBuiltAndLeadsAtOnceIsNotUnclean() {
        Reassignment underWay = new Reassignment(List.of(3), List.of(1), Reassignment.UNLIMITED);
        tally(
                new PartitionImage(ID, 0, List.of(3, 1), List.of(1), List.of(), 1, 5, 7, 40, underWay),
                new PartitionImage(ID, 0, List.of(3), List.of(3), List.of(), 3, 6, 8, 44, null));

        assertThat(heard).containsExactly("1 0 0");
    }

    @Test
    void whatHasNoNewLeaderIsNoElection() {
        tally(BEFORE, new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(1, 3), List.of(), 1, 5, 8, 41, null));
        tally(BEFORE, new PartitionImage(ID, 0, List.of(1, 2, 3), List.of(1), List.of(2), -1, 6, 8, 40, null));

        assertThat(heard).isEmpty();
    }

    private void tally(PartitionImage before, PartitionImage after) {
        TopicRecord topic = new TopicRecord(ID, "orders", 1, 3, Map.of());
        ClusterImage image = ClusterImage.empty("a-cluster")
                .apply(new ClusterDelta(1, 1, List.of(new MetadataChange.Put(before), new MetadataChange.Put(topic))));
        ElectionTally tally = new ElectionTally(image);
        tally.follow(new MetadataChange.Put(after));
        tally.tell((leaders, eligible, unclean) -> heard.add(leaders + " " + eligible + " " + unclean));
    }
}
