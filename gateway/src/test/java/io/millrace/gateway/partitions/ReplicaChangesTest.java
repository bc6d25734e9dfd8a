package io.millrace.gateway.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.PictureWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicaChangesTest {
    private final ReplicatedCluster cluster = new ReplicatedCluster();
    private final MetadataView view = new MetadataView(cluster);
    private final ReplicaChanges changes = new ReplicaChanges(
            cluster, view, new PictureWait(view, new ManualEventLoop(new ManualClock()), Duration.ofSeconds(5)));

    @Test
    void aMoveIsAnsweredWhenThePictureShowsIt() {
        var answer = changes.reassign(move(orders(0), 2, 3, 4), false);

        assertThat(answer).isDone();
        assertThat(view.image().partition(orders(0)).orElseThrow().replicas()).containsExactly(2, 3, 4, 1);
    }

    @Test
    void aMoveThatIsOnlyCheckedTellsWhatItWouldBegin() {
        PartitionImage begun =
                done(changes.reassign(move(orders(0), 2, 3, 4), true).join());

        assertThat(begun.replicas()).containsExactly(2, 3, 4, 1);
        assertThat(begun.reassignment()).isEqualTo(new Reassignment(List.of(4), List.of(1), Reassignment.UNLIMITED));
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void aMoveToWhereThePartitionIsChangesTheOrderOnly() {
        PartitionImage begun =
                done(changes.reassign(move(orders(0), 3, 2, 1), true).join());

        assertThat(begun.replicas()).containsExactly(3, 2, 1);
        assertThat(begun.reassignment()).isNull();
    }

    @Test
    void aMoveThatReplacesAnotherForgetsWhatThatOneWasAdding() {
        PartitionImage begun =
                done(changes.reassign(move(orders(1), 1, 4), true).join());

        assertThat(begun.replicas()).containsExactly(1, 4, 2);
        assertThat(begun.reassignment()).isEqualTo(new Reassignment(List.of(4), List.of(2), Reassignment.UNLIMITED));
    }

    @Test
    void impossibleTargetsAreRefusedOneByOne() {
        ReassignPartitionsRequest request = new ReassignPartitionsRequest(
                List.of(part(orders(0)), part(orders(1), 2, 2), part(orders(2), 2, 9), part(orders(9), 1)),
                Reassignment.UNLIMITED);

        assertThat(refusals(changes.reassign(request, true).join()))
                .extracting(Refusal::message)
                .containsExactly(
                        "Partition orders-0 needs one broker at least.",
                        "Partition orders-1 names a broker twice: [2, 2].",
                        "Partition orders-2 cannot go to broker 9, which has never registered.",
                        "Topic 'orders' has 4 partitions, numbered from 0; there is no 9.");
    }

    @Test
    void aRequestThatMakesNoSenseDoesNotReachTheController() {
        List<ReassignPartitionsRequest> senseless = List.of(
                new ReassignPartitionsRequest(List.of(), Reassignment.UNLIMITED),
                new ReassignPartitionsRequest(List.of(part(orders(0), 1)), 0),
                new ReassignPartitionsRequest(List.of(part(orders(0), 1), part(orders(0), 2)), Reassignment.UNLIMITED));

        assertThat(senseless)
                .allSatisfy(request ->
                        assertThat(changes.reassign(request, false).join()).isInstanceOf(Outcome.Refused.class));
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void cancellingNothingInParticularCancelsAllThatIsUnderWay() {
        PartitionImage stayed = done(changes.cancel(List.of()).join());

        assertThat(stayed.partition()).isEqualTo(1);
        assertThat(view.image().partition(orders(1)).orElseThrow().reassignment())
                .isNull();
        assertThat(changes.cancel(List.of()).join()).isEqualTo(Outcome.done(List.of()));
    }

    @Test
    void preferredElectionsThatWouldMakeADifferenceAreTold() {
        var all = changes.elect(new ElectLeadersRequest(Kind.PREFERRED, List.of()), true)
                .join();
        var named = changes.elect(
                        new ElectLeadersRequest(Kind.PREFERRED, List.of(orders(0), orders(2), orders(9))), true)
                .join();

        assertThat(all).isEqualTo(Outcome.done(List.of()));
        assertThat(refusals(named))
                .extracting(Refusal::message)
                .containsExactly(
                        "Partition orders-0 is led by its preferred replica, broker 1, already.",
                        "The preferred replica of partition orders-2, broker 4, is not in sync, or is down.",
                        "Topic 'orders' has 4 partitions, numbered from 0; there is no 9.");
    }

    @Test
    void uncleanElectionsAreForPartitionsWithoutLeader() {
        var all = changes.elect(new ElectLeadersRequest(Kind.UNCLEAN, List.of()), true)
                .join();
        var named = changes.elect(new ElectLeadersRequest(Kind.UNCLEAN, List.of(orders(0))), true)
                .join();

        assertThat(done(all).partition()).isEqualTo(3);
        assertThat(refusals(named))
                .extracting(Refusal::message)
                .containsExactly("Partition orders-0 has a leader, broker 1.");
    }

    private static ReassignPartitionsRequest move(TopicPartition partition, Integer... target) {
        return new ReassignPartitionsRequest(List.of(part(partition, target)), Reassignment.UNLIMITED);
    }

    private static ReassignPartitionsRequest.Part part(TopicPartition partition, Integer... target) {
        return new ReassignPartitionsRequest.Part(partition, Optional.of(List.of(target)));
    }

    private static TopicPartition orders(int partition) {
        return new TopicPartition("orders", partition);
    }

    private static List<Outcome<PartitionChanged>> parts(Outcome<List<Outcome<PartitionChanged>>> outcome) {
        return ((Outcome.Done<List<Outcome<PartitionChanged>>>) outcome).value();
    }

    private static PartitionImage done(Outcome<List<Outcome<PartitionChanged>>> outcome) {
        assertThat(parts(outcome)).hasSize(1);
        return ((Outcome.Done<PartitionChanged>) parts(outcome).getFirst())
                .value()
                .partition();
    }

    private static Stream<Refusal> refusals(Outcome<List<Outcome<PartitionChanged>>> outcome) {
        return parts(outcome).stream().map(part -> ((Outcome.Refused<PartitionChanged>) part).refusal());
    }
}
