package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionGaugesTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void partitionsThatThisBrokerLeadsAreCountedByHowManyReplicasAreInSync() {
        show(
                led(1, List.of(1, 2, 3), List.of(1, 2, 3), null),
                led(1, List.of(1, 2, 3), List.of(1, 2), null),
                led(1, List.of(1, 2, 3), List.of(1), null),
                led(2, List.of(2, 1, 3), List.of(2), null));

        assertThat(gauge("leadercount")).isEqualTo(3);
        assertThat(gauge("underreplicatedpartitions")).isEqualTo(2);
        assertThat(gauge("atminisrpartitioncount")).isEqualTo(1);
        assertThat(gauge("underminisrpartitioncount")).isEqualTo(1);
        assertThat(gauge("reassigningpartitions")).isZero();
    }

    @Test
    void aReplicaThatIsBeingAddedIsNotMissedYet() {
        Reassignment adding = new Reassignment(List.of(3), List.of(), Reassignment.UNLIMITED);
        show(led(1, List.of(1, 2, 3), List.of(1, 2), adding), led(1, List.of(1, 2, 3), List.of(1, 3), adding));

        assertThat(gauge("underreplicatedpartitions")).isEqualTo(1);
        assertThat(gauge("reassigningpartitions")).isEqualTo(2);
    }

    private record Led(
            int leader,
            List<Integer> replicas,
            List<Integer> inSync,
            @Nullable Reassignment reassignment) {}

    private static Led led(
            int leader, List<Integer> replicas, List<Integer> inSync, @Nullable Reassignment reassignment) {
        return new Led(leader, replicas, inSync, reassignment);
    }

    private void show(Led... partitions) {
        List<MetadataChange> changes = new ArrayList<>();
        changes.add(new MetadataChange.Put(
                new TopicRecord(ID, "orders", partitions.length, 3, Map.of("min.insync.replicas", "2"))));
        for (int i = 0; i < partitions.length; i++) {
            Led led = partitions[i];
            changes.add(new MetadataChange.Put(new PartitionImage(
                    ID, i, led.replicas(), led.inSync(), List.of(), led.leader(), 0, 0, 0, led.reassignment())));
        }
        ClusterImage image = ClusterImage.empty("cluster").apply(new ClusterDelta(1, 1, changes));
        new PartitionGauges(1, () -> image).bindTo(registry);
    }

    private int gauge(String name) {
        return (int) registry.get("kafka.server.replicamanager." + name).gauge().value();
    }
}
