package io.millrace.cli.cluster;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.v1.Broker;
import io.millrace.v1.LogDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How brokers look in answers. */
final class BrokerAnswer {
    private BrokerAnswer() {}

    static Answer list(List<Broker> brokers) {
        return Answer.of(brokers.stream().map(BrokerAnswer::data).toList(), () -> {
            Table table = new Table("broker", "address", "rack", "state", "leads", "replicas", "log bytes");
            brokers.forEach(broker -> table.row(
                    broker.getBrokerId(),
                    address(broker),
                    rack(broker),
                    state(broker),
                    broker.getLeaderCount(),
                    broker.getReplicaCount(),
                    logBytes(broker)));
            return table;
        });
    }

    static Answer one(Broker broker) {
        return new Answer(data(broker), () -> {
            Table facts = new Table()
                    .row("broker", broker.getBrokerId())
                    .row("address", address(broker))
                    .row("rack", rack(broker))
                    .row("state", state(broker))
                    .row("leads", broker.getLeaderCount())
                    .row("replicas", broker.getReplicaCount());
            Table directories = new Table("log directory", "state", "partitions", "log bytes", "usable bytes");
            broker.getLogDirectoriesList()
                    .forEach(directory -> directories.row(
                            directory.getPath(),
                            directory.getFailure().isEmpty() ? "works" : "failed: " + directory.getFailure(),
                            directory.getPartitionCount(),
                            directory.getLogBytes(),
                            directory.getUsableBytes()));
            return facts + "\n" + directories;
        });
    }

    static Map<String, Object> data(Broker broker) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("broker_id", broker.getBrokerId());
        data.put("host", broker.getHost());
        data.put("port", broker.getPort());
        data.put("rack", broker.getRack());
        data.put("alive", broker.getAlive());
        data.put("leader_count", broker.getLeaderCount());
        data.put("replica_count", broker.getReplicaCount());
        data.put(
                "log_directories",
                broker.getLogDirectoriesList().stream()
                        .map(BrokerAnswer::directory)
                        .toList());
        return data;
    }

    private static Map<String, Object> directory(LogDirectory directory) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", directory.getPath());
        data.put("failure", directory.getFailure().isEmpty() ? null : directory.getFailure());
        data.put("partition_count", directory.getPartitionCount());
        data.put("log_bytes", directory.getLogBytes());
        data.put("usable_bytes", directory.getUsableBytes());
        return data;
    }

    private static String address(Broker broker) {
        return broker.getHost().isEmpty() ? "in the gateway's process" : broker.getHost() + ":" + broker.getPort();
    }

    private static String rack(Broker broker) {
        return broker.getRack().isEmpty() ? "-" : broker.getRack();
    }

    private static String state(Broker broker) {
        return broker.getAlive() ? "alive" : "down";
    }

    private static Object logBytes(Broker broker) {
        return broker.getLogDirectoriesCount() == 0
                ? "-"
                : broker.getLogDirectoriesList().stream()
                        .mapToLong(LogDirectory::getLogBytes)
                        .sum();
    }
}
