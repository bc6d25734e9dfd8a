package io.millrace.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out before anything starts whether the ports are free, so that a person gets one sentence and no stack trace. */
final class Ports {
    private Ports() {}

    static void check(StandaloneOptions options) throws StartFailure {
        check(options.host, options.restPort, "REST", "--rest-port");
        check(options.host, options.grpcPort, "gRPC", "--grpc-port");
        check(options.host, options.kafkaPort, "the Kafka protocol", "--kafka-port");
        check(options.host, options.managementPort, "metrics and health", "--management-port");
        check("127.0.0.1", options.zooKeeperPort, "ZooKeeper", "--zookeeper-port");
    }

    private static void check(String host, int port, String purpose, String option) throws StartFailure {
        if (port < 0 || port > 65_535) {
            throw new StartFailure(option + " must be from 0 to 65535, not " + port + ".");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new StartFailure("Cannot listen on " + host + ":" + port + " for " + purpose + " (" + e.getMessage()
                    + "); stop what uses it, or choose another with " + option + ".");
        }
    }
}
