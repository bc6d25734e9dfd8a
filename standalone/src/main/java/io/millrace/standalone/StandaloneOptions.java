package io.millrace.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a person may say to {@code ./millrace up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts Millrace on this machine: gateway, broker, controller and ZooKeeper in one process.")
final class StandaloneOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "where everything is kept (default: ${DEFAULT-VALUE})")
    Path data = Path.of("data");

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "the address to listen on (default: ${DEFAULT-VALUE}, this machine only; there is no"
                    + " authentication yet, so open it only in a network that you trust)")
    String host = "127.0.0.1";

    @Option(
            names = "--rest-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "REST (default: ${DEFAULT-VALUE}; 0 takes any free port, here and below)")
    int restPort = 8082;

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            defaultValue = "50051",
            description = "gRPC (default: ${DEFAULT-VALUE})")
    int grpcPort = 50051;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Kafka protocol (default: ${DEFAULT-VALUE})")
    int kafkaPort = 9092;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "9404",
            description = "metrics and health (default: ${DEFAULT-VALUE})")
    int managementPort = 9404;

    @Option(
            names = "--zookeeper-port",
            paramLabel = "PORT",
            defaultValue = "2181",
            description = "embedded ZooKeeper, always on 127.0.0.1 (default: ${DEFAULT-VALUE})")
    int zooKeeperPort = 2181;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "how millrace.log is written; json means one ECS document a line (default: ${DEFAULT-VALUE})")
    LogFormat logFormat = LogFormat.text;

    /** The spelling is what people type. */
    enum LogFormat {
        text,
        json
    }
}
