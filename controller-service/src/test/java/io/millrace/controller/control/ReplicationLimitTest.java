package io.millrace.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicationLimitTest {
    private static final int MAX = ControlOptions.DEFAULTS.replicationFactorMax();

    private final TopicChecks checks = new TopicChecks(ControlOptions.DEFAULTS);

    @Test
    void moreReplicasThanTheClusterAllowsAreRefused() {
        CreateTopicRequest request = new CreateTopicRequest("orders", 1, MAX + 1, Map.of(), false);

        assertThat(checks.problemOfNew(ClusterImage.empty("a-cluster"), request, 1, MAX + 1))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .isInstanceOf(Refusal.InvalidReplicationFactor.class)
                        .extracting(Refusal::message)
                        .asString()
                        .startsWith("A partition has at most 32 replicas here, not 33"));
    }

    @Test
    void moreReplicasThatArePlacedByHandAreRefusedToo() {
        CreateTopicRequest request = new CreateTopicRequest(
                "orders",
                CreateTopicRequest.DEFAULT,
                CreateTopicRequest.DEFAULT,
                Map.of(),
                false,
                List.of(IntStream.rangeClosed(0, MAX).boxed().toList()));

        assertThat(checks.problemOfNew(ClusterImage.empty("a-cluster"), request, 1, MAX + 1))
                .containsInstanceOf(Refusal.InvalidReplicationFactor.class);
    }
}
