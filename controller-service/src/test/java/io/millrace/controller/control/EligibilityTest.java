package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds everything as brokers come and go and configs change; min.insync.replicas is 2. */
class EligibilityTest {
    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);
    private int first;
    private int second;
    private int third;

    @BeforeEach
    void aTopicOfThreeReplicas() {
        replicas.start(1, 2, 3);
        world.createTopic(Replicas.TOPIC, 1, 3);
        first = replicas.partition().replicas().get(0);
        second = replicas.partition().replicas().get(1);
        third = replicas.partition().replicas().get(2);
    }

    @Test
    void theFirstToGoIsForgottenAndTheSecondIsEligible() {
        replicas.stop(third);
        replicas.stop(second);

        assertThat(replicas.partition().inSyncReplicas()).containsExactly(first);
        assertThat(replicas.partition().eligibleReplicas()).containsExactly(second);
    }

    @Test
    void whoIsEligibleLeadsWhenItIsTheFirstToComeBack() {
        replicas.stop(third);
        replicas.stop(second);
        replicas.stop(first);

        replicas.resume(third);
        int leaderOfTheForgotten = replicas.partition().leader();
        replicas.resume(second);

        assertThat(leaderOfTheForgotten).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(replicas.partition().leader()).isEqualTo(second);
        assertThat(replicas.partition().inSyncReplicas()).containsExactly(second);
        assertThat(replicas.partition().eligibleReplicas()).containsExactly(first);
    }

    @Test
    void aLowerMinInsyncForgetsTheEligibleInTheSameStep() {
        replicas.stop(third);
        replicas.stop(second);
        long version = world.image().version();

        TopicImage altered = alter(Map.of("min.insync.replicas", "1"));

        assertThat(altered.partitions().getFirst().eligibleReplicas()).isEmpty();
        assertThat(replicas.partition()).isEqualTo(altered.partitions().getFirst());
        assertThat(world.image().version()).isEqualTo(version + 1);
    }

    @Test
    void aHigherMinInsyncTakesNothingFromAnybody() {
        replicas.stop(third);
        replicas.stop(second);
        PartitionImage before = replicas.partition();

        alter(Map.of("min.insync.replicas", "3"));

        assertThat(replicas.partition()).isEqualTo(before);
    }

    @Test
    void aTopicThatPrefersToServeIsLedByWhoIsThere() {
        replicas.stop(third);
        replicas.stop(second);
        replicas.stop(first);
        replicas.resume(third);

        TopicImage altered = alter(Map.of("unclean.leader.election.enable", "true"));

        assertThat(altered.partitions().getFirst().leader()).isEqualTo(third);
        assertThat(replicas.partition()).isEqualTo(altered.partitions().getFirst());
        replicas.resume(first);
        assertThat(replicas.partition().leader()).as("the loss is done").isEqualTo(third);
    }

    @Test
    void anAlterationThatIsOnlyValidatedElectsNobody() {
        replicas.stop(third);
        replicas.stop(second);
        PartitionImage before = replicas.partition();

        done(world.await(world.node()
                .alterTopicConfigs(new AlterTopicConfigsRequest(
                        Replicas.TOPIC, Map.of("min.insync.replicas", "1"), List.of(), true))));

        assertThat(replicas.partition()).isEqualTo(before);
    }

    private TopicImage alter(Map<String, String> configs) {
        return done(world.await(world.node()
                .alterTopicConfigs(new AlterTopicConfigsRequest(Replicas.TOPIC, configs, List.of(), false))));
    }
}
