package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Grpc;
import io.millrace.system.client.Recording;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything goes at once, and comes back. */
class WholeClusterTest {
    private static final int PARTITIONS = 6;

    /** What a JVM ends with that was asked to stop. */
    private static final int ASKED_TO_STOP = 143;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withLongLeases();

    private final Cluster cluster = RUNNING.get();

    @Test
    void aClusterThatWasStoppedAndThenKilledAsAWholeHasKeptItsPromises() throws Exception {
        String id = cluster.id(cluster.gateway(1));
        Recording stopped = write("before-the-stop");

        List<ServerProcess> inOrder = cluster.processes().toList().reversed();
        inOrder.forEach(process -> assertThat(process.stop()).as(process.name()).isEqualTo(ASKED_TO_STOP));
        cluster.start();
        read(stopped);

        Recording killed;
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated("before-the-kill", PARTITIONS))) {
            cluster.kill();
            killed = traffic.broken();
        }
        cluster.start();
        read(stopped);
        read(killed);
        stopped.judge();
        killed.judge();
        assertThat(cluster.id(cluster.gateway(2))).isEqualTo(id);
    }

    private Recording write(String topic) {
        try (Traffic traffic = Traffic.start(cluster, Traffic.Plan.replicated(topic, PARTITIONS))) {
            Recording recording = traffic.finish();
            assertThat(traffic.load().failures()).isEmpty();
            return recording;
        }
    }

    private void read(Recording recording) {
        try (Grpc gateway = Grpc.to(cluster.gateway(2).grpcPort())) {
            recording.readFinally(gateway);
        }
    }
}
