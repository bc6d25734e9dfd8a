package io.millrace.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.Standalone;
import io.millrace.system.kafka.Meeting;
import io.millrace.system.kafka.Software;
import io.millrace.system.kafka.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Software that others wrote for Kafka works here as it is: it knows one address, and takes what is behind it for Kafka. */
class KafkaClientsTest {
    private static final int REPLICAS = 3;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withLongLeases();

    @TempDir
    static Path folder;

    private static Standalone standalone;
    private static Meeting meeting;

    @BeforeAll
    static void allClientsMeet() throws IOException, InterruptedException {
        Cluster cluster = RUNNING.get();
        cluster.start();
        standalone = Standalone.start(folder.resolve("standalone"));
        meeting = Meeting.of(
                List.of(
                        new Target("one process", standalone.kafka(), standalone.rest(), 1),
                        new Target("a cluster", cluster.kafka().address(), cluster.rest(cluster.gateway(1)), REPLICAS)),
                folder.resolve("records"));
        meeting.hold();
    }

    @AfterAll
    static void theyLeave() {
        if (meeting != null) {
            meeting.close();
        }
        if (standalone != null) {
            standalone.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWritesInEveryWayThatItCan(Software software) {
        assumeHere(software);
        meeting.require(software, Meeting.Deed.WRITE);
    }

    @ParameterizedTest
    @EnumSource
    void aClientReadsExactlyWhatItselfAndAllOthersWrote(Software software) {
        assumeHere(software);
        meeting.require(software, Meeting.Deed.READ);
    }

    @ParameterizedTest
    @EnumSource
    void aClientFindsOffsetsByTime(Software software) {
        assumeHere(software);
        meeting.require(software, Meeting.Deed.FIND_OFFSETS);
    }

    @Test
    void theTableOfClientsInTheDocumentsIsWhatTheyDid() throws IOException {
        meeting.requireDocumented();
    }

    private static void assumeHere(Software software) {
        String absence = meeting.absenceOf(software);
        assumeTrue(absence.isEmpty(), absence);
    }
}
