package io.millrace.controller.zookeeper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.curator.test.TestingZooKeeperServer;
import org.apache.zookeeper.client.FourLetterWordMain;

/** Three real ZooKeeper servers in this JVM, which can be stopped and started with what they have on their disks. */
public final class Ensemble {
    private static final int SERVERS = 3;
    private static final int ANY = -1;

    private final TestingCluster cluster;
    private final Deque<TestingZooKeeperServer> stopped = new ArrayDeque<>();

    /**
     * Starts the servers.
     *
     * @param tickMillis the beat of their clocks; they end a session at one, and grant sessions of two of them or more
     */
    public Ensemble(int tickMillis) throws Exception {
        cluster = new TestingCluster(IntStream.rangeClosed(1, SERVERS)
                .mapToObj(id -> new InstanceSpec(null, ANY, ANY, ANY, true, id, tickMillis, ANY))
                .toArray(InstanceSpec[]::new));
        cluster.start();
    }

    /** Where the servers are. */
    public String connectString() {
        return cluster.getConnectString();
    }

    /** The client ports of the servers. */
    List<Integer> ports() {
        return cluster.getServers().stream()
                .map(server -> server.getInstanceSpec().getPort())
                .toList();
    }

    /** Stops the server that leads the others; {@link #restart} starts it again. */
    public void stopLeader() throws Exception {
        for (TestingZooKeeperServer server : cluster.getServers()) {
            InstanceSpec spec = server.getInstanceSpec();
            if (FourLetterWordMain.send4LetterWord(spec.getHostname(), spec.getPort(), "srvr")
                    .contains("Mode: leader")) {
                server.stop();
                stopped.add(server);
                return;
            }
        }
        throw new IllegalStateException("No server of the ensemble leads");
    }

    /** Stops every server. */
    public void stop() throws Exception {
        for (TestingZooKeeperServer server : cluster.getServers()) {
            server.stop();
            stopped.add(server);
        }
    }

    /** Starts every server that is stopped. */
    public void restart() throws Exception {
        while (!stopped.isEmpty()) {
            stopped.remove().restart();
        }
    }

    /** Ends the servers. */
    public void close() throws Exception {
        cluster.close();
    }
}
