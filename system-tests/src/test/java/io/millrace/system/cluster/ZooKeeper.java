package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.server.ZooKeeperServerMain;

/**
 * A ZooKeeper server in a process of its own.
 *
 * @param port on the loopback interface
 */
public record ZooKeeper(ServerProcess process, int port) {
    /** Sessions may last from two to twenty of them. */
    private static final int TICK_MILLIS = 500;

    static ZooKeeper in(Path folder) {
        int port = Ports.next();
        Path configuration = folder.resolve("zookeeper.cfg");
        try {
            Files.createDirectories(folder);
            Files.writeString(configuration, """
                    tickTime=%d
                    dataDir=%s
                    clientPort=%d
                    clientPortAddress=127.0.0.1
                    maxClientCnxns=0
                    admin.enableServer=false
                    """.formatted(TICK_MILLIS, folder.resolve("data"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(Program.jvm());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ZooKeeperServerMain.class.getName(),
                configuration.toString()));
        return new ZooKeeper(new ServerProcess("zookeeper", folder, command), port);
    }
}
