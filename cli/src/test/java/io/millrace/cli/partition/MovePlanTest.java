package io.millrace.cli.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionReassignment;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.TopicPartitionDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MovePlanTest {
    @Test
    void newBrokersGetTheirShareOfReplicasAndLeads() {
        List<TopicPartitionDetail> onTwo = IntStream.range(0, 8)
                .mapToObj(number -> partition(number, number % 2 == 0 ? List.of(1, 2) : List.of(2, 1)))
                .toList();

        List<List<Integer>> after = after(onTwo, MovePlan.over(brokers("", 1, 2, 3, 4), onTwo));

        assertThat(countsOf(after, place -> place)).isEqualTo(Map.of(1, 4L, 2, 4L, 3, 4L, 4, 4L));
        assertThat(countsOf(after, place -> place.subList(0, 1)).values()).allMatch(leads -> leads <= 2);
        assertThat(after).allSatisfy(place -> assertThat(place).doesNotHaveDuplicates());
    }

    @Test
    void whatIsSpreadEvenlyStaysAsItIs() {
        List<TopicPartitionDetail> even =
                List.of(partition(0, List.of(1, 2)), partition(1, List.of(2, 3)), partition(2, List.of(3, 1)));

        assertThat(MovePlan.over(brokers("", 1, 2, 3), even)).isEmpty();
    }

    @Test
    void replicasOfAPartitionGoToDifferentRacks() {
        List<Broker> brokers = List.of(new Broker(1, "a"), new Broker(2, "a"), new Broker(3, "b"), new Broker(4, "b"));
        List<TopicPartitionDetail> onNine = IntStream.range(0, 4)
                .mapToObj(number -> partition(number, List.of(8, 9)))
                .toList();

        List<List<Integer>> after = after(onNine, MovePlan.over(brokers, onNine));

        assertThat(after).allSatisfy(place -> assertThat(place.getFirst() <= 2).isNotEqualTo(place.getLast() <= 2));
    }

    @Test
    void onlyReplicasOnBrokersThatAreLeftMove() {
        List<TopicPartitionDetail> partitions =
                List.of(partition(0, List.of(1, 4)), partition(1, List.of(4, 2)), partition(2, List.of(1, 2)));

        List<List<Integer>> after =
                after(partitions, MovePlan.awayFrom(Set.of(4), brokers("", 1, 2, 3, 4), partitions));

        assertThat(after).containsExactly(List.of(1, 3), List.of(3, 2), List.of(1, 2));
    }

    @Test
    void aMoveThatIsUnderWayCountsAsDone() {
        TopicPartitionDetail moving = TopicPartitionDetail.newBuilder()
                .setTopic("orders")
                .setPartition(Partition.newBuilder()
                        .addAllReplicas(List.of(1, 2, 4))
                        .setReassignment(PartitionReassignment.newBuilder()
                                .addAddingReplicas(2)
                                .addRemovingReplicas(4)))
                .build();

        assertThat(MovePlan.awayFrom(Set.of(4), brokers("", 1, 2, 4), List.of(moving)))
                .isEmpty();
    }

    @Test
    void moreReplicasThanBrokersCannotBe() {
        List<TopicPartitionDetail> three = List.of(partition(0, List.of(1, 2, 3)));

        assertThatThrownBy(() -> MovePlan.over(brokers("", 1, 2), three))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("orders:0 has 3 replicas, and there are only 2 brokers");
    }

    private static List<Broker> brokers(String rack, int... ids) {
        return IntStream.of(ids).mapToObj(id -> new Broker(id, rack)).toList();
    }

    private static TopicPartitionDetail partition(int number, List<Integer> replicas) {
        return TopicPartitionDetail.newBuilder()
                .setTopic("orders")
                .setPartition(Partition.newBuilder().setPartition(number).addAllReplicas(replicas))
                .build();
    }

    private static List<List<Integer>> after(List<TopicPartitionDetail> before, List<PartitionTarget> plan) {
        List<List<Integer>> after = new ArrayList<>();
        for (TopicPartitionDetail detail : before) {
            after.add(plan.stream()
                    .filter(target -> target.getPartition().equals(Survey.nameOf(detail)))
                    .map(PartitionTarget::getBrokerIdsList)
                    .findFirst()
                    .orElse(detail.getPartition().getReplicasList()));
        }
        return after;
    }

    private interface Counted {
        List<Integer> in(List<Integer> place);
    }

    private static Map<Integer, Long> countsOf(List<List<Integer>> places, Counted counted) {
        Map<Integer, Long> counts = new TreeMap<>();
        places.forEach(place -> counted.in(place).forEach(id -> counts.merge(id, 1L, Long::sum)));
        return counts;
    }
}
