package io.millrace.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicationLimitTest {
    private final TopicChecks checks = new TopicChecks(ControlOptions.DEFAULTS);

    @Test
    void aSecondReplicaIsRefusedWhileNobodyWouldFillIt() {
        CreateTopicRequest request = new CreateTopicRequest("orders", 1, 2, Map.of(), false);

        assertThat(checks.problemOfNew(ClusterImage.empty("a-cluster"), request, 1, 2))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .isInstanceOf(Refusal.InvalidReplicationFactor.class)
                        .extracting(Refusal::message)
                        .asString()
                        .startsWith("A partition has at most 1 replicas here, not 2"));
    }

    @Test
    void aSecondReplicaThatIsPlacedByHandIsRefusedToo() {
        CreateTopicRequest request = new CreateTopicRequest("orders", -1, -1, Map.of(), false, List.of(List.of(1, 2)));

        assertThat(checks.problemOfNew(ClusterImage.empty("a-cluster"), request, 1, 2))
                .containsInstanceOf(Refusal.InvalidReplicationFactor.class);
    }
}
