package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Answer;
import io.millrace.system.client.CommandLine;
import io.millrace.system.client.Load;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.RunningCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of topics of one replica when a broker goes, and who may not come in its place. */
class BrokerLossTest {
    private static final int PARTITIONS = 6;
    private static final Duration LEASE = RunningCluster.SHORT_LEASE;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** A broken connection is noticed at once, and confirmed within the controller's grace of half a second. */
    private static final Duration FENCED_AFTER_KILL = Duration.ofSeconds(3);

    /** As long as a gateway goes on trying, with room for a busy machine. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(8);

    private static final Duration UNDISTURBED = Duration.ofSeconds(3);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withShortLeases();

    private final Cluster cluster = RUNNING.get();
    private final Gateway gateway = cluster.gateway(1);

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void aKilledBrokersPartitionsAreRefusedAtOnceTheOthersGoOnAndAllIsThereWhenItComesBack() throws Exception {
        Broker lost = cluster.broker(2);
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("killed", PARTITIONS))) {
            List<Integer> gone = traffic.ledBy(lost.id());
            assertThat(gone).isNotEmpty().hasSizeLessThan(PARTITIONS);

            lost.process().kill();
            cluster.awaitBrokersAlive(gateway, 2, FENCED_AFTER_KILL);
            assertRefusedWithTimeToWait("killed", gone.getFirst());
            assertHealthSaysWhy(lost);
            traffic.awaitFlow(traffic.except(gone));

            cluster.start();
            traffic.awaitFlow();
            assertOnlyTheseFailed(gone, traffic, traffic.settle());
        }
    }

    @Test
    void aPausedBrokerIsFencedWhenItsLeaseIsOverAndServesAgainWithoutLossWhenItGoesOn() throws Exception {
        Broker paused = cluster.broker(3);
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("paused", PARTITIONS))) {
            List<Integer> gone = traffic.ledBy(paused.id());

            paused.process().pause();
            cluster.awaitBrokersAlive(gateway, 2, LEASE.plus(FENCED_AFTER_KILL));
            assertRefusedWithTimeToWait("paused", gone.getFirst());
            paused.process().resume();

            cluster.awaitHealthy();
            traffic.awaitFlow();
            assertOnlyTheseFailed(gone, traffic, traffic.settle());
        }
    }

    @Test
    void aSecondProcessOfABrokerIdEndsWithASentenceAndTheFirstGoesOn() {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.single("twins", PARTITIONS))) {
            Broker twin = cluster.startStranger("twin", 1, _ -> {});

            assertThat(twin.process().awaitEnd(LIMIT)).isEqualTo(1);
            assertThat(twin.process().tail()).contains("cannot start").contains("roker 1");
            traffic.awaitFlow();
            traffic.settleUndisturbed(UNDISTURBED);
        }
    }

    @Test
    void aDataDirectoryOfAnotherClusterIsRefusedAndNotTouched() throws Exception {
        String meta = """
                version=1
                cluster.id=AAAAAAAAAAAAAAAAAAAAAA
                broker.id=4
                directory.id=73e1bccc-b866-49e1-8cf1-3df7f1a88981
                """;
        Broker foreign = cluster.startStranger("foreign", 4, data -> write(data.resolve("meta.properties"), meta));

        assertThat(foreign.process().awaitEnd(LIMIT)).isEqualTo(1);
        assertThat(foreign.process().tail())
                .contains("cannot start")
                .contains("AAAAAAAAAAAAAAAAAAAAAA")
                .contains(cluster.id(gateway));
        assertThat(Files.readString(foreign.data().resolve("meta.properties"))).isEqualTo(meta);
        cluster.awaitHealthy();
    }

    private static void assertOnlyTheseFailed(List<Integer> gone, Traffic traffic, Load load) {
        assertThat(load.failures()).allSatisfy(attempt -> assertThat(gone).contains(attempt.partition()));
        traffic.except(gone)
                .forEach(partition -> assertThat(load.longestSilence(partition))
                        .as("silence of partition %d, whose broker was there", partition)
                        .isLessThan(UNDISTURBED));
    }

    private void assertRefusedWithTimeToWait(String topic, int partition) throws IOException, InterruptedException {
        Answer write = cluster.rest(gateway)
                .post("topics/" + topic + "/records", "{\"partition_id\":%d,\"value\":\"x\"}".formatted(partition));
        Answer read =
                cluster.rest(gateway).get("topics/" + topic + "/partitions/" + partition + "/records?from=earliest");
        for (Answer answer : List.of(write, read)) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.header("Retry-After")).as("%s", answer).isPresent();
            assertThat(answer.took()).as("%s", answer).isLessThan(REFUSED_WITHIN);
        }
    }

    private void assertHealthSaysWhy(Broker lost) throws IOException, InterruptedException {
        CommandLine.Result verdict = cluster.commandLine(gateway).run("cluster", "health");

        assertThat(verdict.code()).as("%s", verdict).isNotZero();
        assertThat(verdict.out() + verdict.err()).contains("roker " + lost.id());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
