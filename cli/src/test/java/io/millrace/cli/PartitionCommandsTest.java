package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.gateway.FakeGateway;
import io.millrace.cli.session.Io.Terminal;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.ReassignPartitionsRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionCommandsTest {
    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun millrace(String arguments) {
        return CommandRun.against(gateway, arguments.split(" "));
    }

    @Test
    void partitionsOfAllPagesAreListed() {
        assertThat(millrace("partition list --lag").text()).isEqualTo("""
                TOPIC   PARTITION  LEADER  EPOCH  REPLICAS  ISR  ELIGIBLE  MOVING  LAG
                orders          0  1           0  1,2       1,2         -  -       2:7
                orders          1  2           0  2,3,1     1,2         -  +3 -1   -
                orders          2  none        0  3,4       -           4  -       -
                """);
    }

    @Test
    void aListIsDataToo() {
        assertThat(millrace("partition list --offline -o json").text())
                .contains("\"eligible_replicas\" : [ 4 ]", "\"leader\" : -1");
    }

    @Test
    void oneConditionAtATime() {
        assertThat(millrace("partition list --offline --reassigning").exitCode())
                .isEqualTo(2);
    }

    @Test
    void theProgressOfMovesIsShown() {
        gateway.partitions().moves(25);

        assertThat(millrace("partition status").text()).isEqualTo("""
                PARTITION  TARGET  ADDING  REMOVING  BYTES      OF  DONE      LIMIT  RATE  LEFT
                orders:1   2,3          3         1  25000  100000   25%  50.0 MB/s     -     -
                """);
    }

    @Test
    void watchingEndsWhenNothingMovesAnyMoreAndTellsTheRate() {
        gateway.partitions().moves(25, 75);

        CommandRun run = millrace("partition status --watch --interval 20ms -o json");

        assertThat(run.text())
                .contains("\"bytes_done\" : 25000", "\"bytes_done\" : 75000")
                .containsPattern("\"seconds_left\" : \\d");
        assertThat(run.errors()).isEqualTo("Nothing is being moved.\n");
    }

    @Test
    void aPartitionIsMovedWithAThrottle() {
        CommandRun run = millrace("partition move orders:0 --to 3,4 --throttle 50MB/s");

        assertThat(run.exitCode()).isZero();
        assertThat(moves().getBytesPerSecond()).isEqualTo(50_000_000);
        assertThat(targets()).containsExactly("orders-0 to [3, 4]");
        assertThat(run.errors()).contains("millrace partition status");
    }

    @Test
    void thePartitionsOfAWholeTopicBeginWithEachBrokerInTurn() {
        millrace("partition move orders --to 3,4,5 --dry-run");

        assertThat(moves().getValidateOnly()).isTrue();
        assertThat(targets())
                .containsExactly("orders-0 to [3, 4, 5]", "orders-1 to [4, 5, 3]", "orders-2 to [5, 3, 4]");
    }

    @Test
    void aMoveIsWaitedFor() {
        gateway.partitions().moves(10, 90);

        CommandRun run = millrace("partition move orders:1 --to 2,3 --wait --interval 1ms");

        assertThat(run.exitCode()).isZero();
        assertThat(millrace("partition status").errors()).isEqualTo("Nothing is being moved.\n");
    }

    @Test
    void aMoveThatIsRefusedIsAFailure() {
        CommandRun run = millrace("partition move orders:0 --to 99");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).isEqualTo("There is no broker 99.\n");
    }

    @Test
    void whatIsNotThereCannotBeMoved() {
        assertThat(millrace("partition move payments --to 1").exitCode()).isEqualTo(3);
        assertThat(millrace("partition move orders:9 --to 1").exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partition move orders:0",
                "partition move --to 1",
                "partition move orders:0 --to 1 --cancel",
                "partition move orders:x --to 1",
                "partition move orders --brokers 1,2",
                "partition move orders:0 --to 1 --throttle 5",
                "partition move orders:0 --to 1 --throttle 0MB/s"
            })
    void aMoveThatMakesNoSenseIsAMisuse(String arguments) {
        assertThat(millrace(arguments).exitCode()).isEqualTo(2);
        assertThat(gateway.partitions().asked).isEmpty();
    }

    @Test
    void aPlanIsShownBeforeItIsCarriedOut() {
        join(1, 2, 3);

        CommandRun shown = millrace("partition move --away-from 4");

        assertThat(shown.exitCode()).isZero();
        assertThat(moves().getValidateOnly()).isTrue();
        assertThat(targets()).as("broker 0 has the fewest replicas").containsExactly("orders-2 to [3, 0]");
        assertThat(shown.errors()).contains("--execute");

        millrace("partition move --away-from 4 --execute");

        assertThat(((ReassignPartitionsRequest) gateway.partitions().asked.getLast()).getValidateOnly())
                .isFalse();
    }

    @Test
    void aPlanForUnknownBrokersIsNotFound() {
        assertThat(millrace("partition move --brokers 7,8").exitCode()).isEqualTo(3);
    }

    @Test
    void movesOfATopicAreCancelledWhereThereAreAny() {
        CommandRun run = millrace("partition move orders --cancel");

        assertThat(run.exitCode()).isZero();
        assertThat(((CancelReassignmentsRequest) gateway.partitions().asked.getFirst()).getPartitionsList())
                .extracting(partition -> partition.getPartition())
                .containsExactly(1);
    }

    @Test
    void aMoveThatIsNotUnderWayIsNotFound() {
        CommandRun run = millrace("partition move orders:0 --cancel");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors()).isEqualTo("It is not being moved.\n");
    }

    @Test
    void anElectionThatChangesNothingIsSuccess() {
        CommandRun run = millrace("partition elect-leader orders:0");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEqualTo("It has a leader.\n");
    }

    @Test
    void anUncleanElectionTellsWhatIsLostAndWantsAYes() {
        CommandRun run = millrace("partition elect-leader --unclean");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains("Partition orders:2 has no leader", "lost for good; broker 4 is down", "--yes");
        assertThat(elections()).extracting(ElectLeadersRequest::getValidateOnly).containsExactly(true);
    }

    @Test
    void anUncleanElectionThatIsMeantHappens() {
        assertThat(millrace("partition elect-leader --unclean --yes orders:2").exitCode())
                .isZero();

        assertThat(elections()).extracting(ElectLeadersRequest::getValidateOnly).containsExactly(true, false);
    }

    @Test
    void aPersonIsAskedBeforeAnUncleanElection() {
        CommandRun run = CommandRun.with(
                new ByteArrayInputStream("n\n".getBytes(StandardCharsets.UTF_8)),
                new Terminal(true, true),
                CommandRun.onServer(gateway, "partition", "elect-leader", "--unclean"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("[y/N]", "All stays as it is.");
        assertThat(elections()).hasSize(1);
    }

    private void join(int... brokers) {
        for (int broker : brokers) {
            gateway.cluster().join(broker, "");
        }
    }

    private ReassignPartitionsRequest moves() {
        return (ReassignPartitionsRequest) gateway.partitions().asked.getFirst();
    }

    private List<String> targets() {
        return moves().getTargetsList().stream()
                .map(PartitionCommandsTest::text)
                .toList();
    }

    private static String text(PartitionTarget target) {
        return target.getPartition().getTopic() + "-" + target.getPartition().getPartition() + " to "
                + target.getBrokerIdsList();
    }

    private List<ElectLeadersRequest> elections() {
        return gateway.partitions().asked.stream()
                .map(ElectLeadersRequest.class::cast)
                .toList();
    }
}
