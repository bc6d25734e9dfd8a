package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every controller makes of replicas that somebody else has placed. */
public abstract class ReplicaAssignmentContract extends ControllerApiQuestions {
    @ParameterizedTest
    @CsvSource({"-1, -1", "2, 1", "2, -1", "-1, 1"})
    void aTopicIsPlacedWhereItsCreatorSays(int partitionCount, int replicationFactor) throws Exception {
        startBroker();

        TopicImage topic = done(controller()
                .createTopic(assigned(partitionCount, replicationFactor, List.of(List.of(BROKER), List.of(BROKER)))));

        assertThat(topic.topic().replicationFactor()).isEqualTo(1);
        assertThat(topic.partitions()).hasSize(2).allSatisfy(partition -> {
            assertThat(partition.replicas()).containsExactly(BROKER);
            assertThat(partition.leader()).isEqualTo(BROKER);
        });
        assertShown(topic);
    }

    static List<CreateTopicRequest> impossibleAssignments() {
        int any = CreateTopicRequest.DEFAULT;
        return List.of(
                assigned(any, any, List.of(List.of())),
                assigned(any, any, List.of(List.of(BROKER), List.of())),
                assigned(any, any, List.of(List.of(7))),
                assigned(any, any, List.of(List.of(BROKER), List.of(-1))),
                assigned(any, any, List.of(List.of(BROKER, BROKER))),
                assigned(any, any, List.of(List.of(BROKER), List.of(BROKER, 7))),
                assigned(1, any, List.of(List.of(BROKER), List.of(BROKER))),
                assigned(3, any, List.of(List.of(BROKER), List.of(BROKER))),
                assigned(any, 2, List.of(List.of(BROKER))),
                assigned(any, 0, List.of(List.of(BROKER))));
    }

    @ParameterizedTest
    @MethodSource("impossibleAssignments")
    void impossibleAssignmentsAreRefusedAndNothingIsMade(CreateTopicRequest request) throws Exception {
        startBroker();

        Refusal refusal = refusal(controller().createTopic(request));

        assertThat(refusal).isInstanceOf(Refusal.InvalidReplicaAssignment.class);
        assertThat(refusal.message()).containsPattern("\\d").endsWith(".");
        assertThat(topicsAfterwards()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {AddPartitionsRequest.BY_ASSIGNMENTS, 4})
    void addedPartitionsArePlacedWhereTheirAdderSays(int partitionCount) throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 2)));

        TopicImage after =
                done(controller().addPartitions(added(partitionCount, List.of(List.of(BROKER), List.of(BROKER)))));

        assertThat(after.partitions()).hasSize(4);
        assertThat(after.partitions().getLast().replicas()).containsExactly(BROKER);
        assertShown(after);
    }

    static List<AddPartitionsRequest> impossibleAdditions() {
        int any = AddPartitionsRequest.BY_ASSIGNMENTS;
        return List.of(
                added(any, List.of(List.of())),
                added(any, List.of(List.of(BROKER), List.of(7))),
                added(any, List.of(List.of(BROKER, BROKER))),
                added(3, List.of(List.of(BROKER), List.of(BROKER))),
                added(5, List.of(List.of(BROKER), List.of(BROKER))));
    }

    @ParameterizedTest
    @MethodSource("impossibleAdditions")
    void impossibleAssignmentsAddNothing(AddPartitionsRequest request) throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 2)));

        Refusal refusal = refusal(controller().addPartitions(request));

        assertThat(refusal).isInstanceOf(Refusal.InvalidReplicaAssignment.class);
        assertThat(topicsAfterwards())
                .hasEntrySatisfying(
                        "orders", topic -> assertThat(topic.partitions()).hasSize(2));
    }

    @Test
    void anAssignmentThatAddsNothingIsRefused() throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 2)));

        assertThat(refusal(controller().addPartitions(added(2, List.of(List.of(BROKER))))))
                .isInstanceOf(Refusal.InvalidPartitionCount.class);
    }

    private static CreateTopicRequest assigned(
            int partitionCount, int replicationFactor, List<List<Integer>> assignments) {
        return new CreateTopicRequest("orders", partitionCount, replicationFactor, Map.of(), false, assignments);
    }

    private static AddPartitionsRequest added(int partitionCount, List<List<Integer>> assignments) {
        return new AddPartitionsRequest("orders", partitionCount, false, assignments);
    }
}
