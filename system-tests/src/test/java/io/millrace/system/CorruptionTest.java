package io.millrace.system;

import io.millrace.system.client.Recording;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.PartitionFiles;
import io.millrace.system.cluster.RunningCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bits flip in the files of one replica: that is noticed, the records come again from another replica, and meanwhile nobody
 * reads what is wrong. Whoever wants the same bits again gives the seed: {@code -Dcorruption.seed=N}.
 */
class CorruptionTest {
    private static final int PARTITIONS = 3;
    private static final int REPLICAS = 3;
    private static final int BITS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of every log at least, so that bits flip far from its end. */
    private static final int WRITTEN = 10_000;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withShortLeases();

    private final Cluster cluster = RUNNING.get();
    private final Random chance = new Random(Seeds.of("corruption"));

    @BeforeEach
    void everythingRuns() {
        cluster.start();
    }

    @Test
    void bitsThatFlipWhileABrokerIsDownAreFoundAndItsReplicasMadeWhole() throws Exception {
        Broker broken = cluster.broker(1);
        try (Traffic traffic = start("flipped-at-rest")) {
            broken.process().stop();
            flip(broken, "flipped-at-rest", List.of(0, 1, 2));
            broken.process().start();

            awaitFound(broken, "flipped-at-rest", List.of(0, 1, 2));
            awaitWhole(traffic, "flipped-at-rest");
        }
    }

    @Test
    void bitsThatFlipInALeadersFilesAreFoundAndNotServedAndItsReplicasMadeWhole() throws Exception {
        try (Traffic traffic = start("flipped-at-work")) {
            Broker broken = cluster.broker(
                    traffic.gateway().partitions("flipped-at-work").getFirst().getLeader());
            List<Integer> led = traffic.ledBy(broken.id());
            flip(broken, "flipped-at-work", led);
            traffic.readOnce();

            awaitFound(broken, "flipped-at-work", led);
            awaitWhole(traffic, "flipped-at-work");
        }
    }

    private Traffic start(String topic) {
        Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated(topic, PARTITIONS));
        for (Broker broker : cluster.brokers()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                PartitionFiles files = PartitionFiles.of(broker, topic, partition);
                Await.until("records in " + files.directory(), LIMIT, files::log, log -> log.length >= WRITTEN);
            }
        }
        return traffic;
    }

    private void flip(Broker broken, String topic, List<Integer> partitions) throws IOException {
        for (int partition : partitions) {
            for (int i = 0; i < BITS; i++) {
                System.out.println("flipped: "
                        + PartitionFiles.of(broken, topic, partition).flipBit(chance, WRITTEN));
            }
        }
    }

    private void awaitFound(Broker broken, String topic, List<Integer> partitions) {
        for (int partition : partitions) {
            PartitionFiles files = PartitionFiles.of(broken, topic, partition);
            Await.until("damage to be found in " + files.directory(), LIMIT, files::hasDamagedParts);
        }
    }

    /** Ends the traffic; all replicas must be in sync and have the same bytes, and nobody may have read anything wrong. */
    private void awaitWhole(Traffic traffic, String topic) throws IOException {
        traffic.awaitFlow();
        traffic.awaitAllInSync(REPLICAS, LIMIT);
        Recording recording = traffic.finish();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byte[] first =
                    PartitionFiles.of(cluster.broker(1), topic, partition).log();
            for (Broker other : cluster.brokers()) {
                PartitionFiles files = PartitionFiles.of(other, topic, partition);
                Await.until(
                        files.directory() + " to be like the others", LIMIT, () -> Arrays.equals(files.log(), first));
            }
        }
        recording.judge();
    }
}
