package io.millrace.system.contract;

import java.util.List;

/** Takes from an answer what cannot be the same twice: names, ids, places, times and who answered. */
public final class Likeness {
    /** A pattern and what takes its place. */
    private record Rule(String pattern, String replacement) {}

    private static final List<Rule> REST = List.of(
            new Rule("127\\.0\\.0\\.1:\\d+", "GATEWAY"),
            new Rule("brokers/\\d+", "brokers/N"),
            new Rule("replicas/\\d+", "replicas/N"),
            new Rule("(broker=)\\d+", "$1N"),
            new Rule("\"(broker_id|leader_id|controller_epoch|last_caught_up_time_ms)\":\\d+", "\"$1\":N"),
            new Rule("\"(\\w*replicas)\":\\[[^]]*]", "\"$1\":[N]"),
            new Rule("\"(topic_id|timestamp|cursor|request_id|next)\":\"[^\"]*\"", "\"$1\":VARIES"),
            new Rule("(?m)^id:.*$", "id:VARIES"));

    private static final List<Rule> GRPC = List.of(
            // What a broker has of all topics; a count of 0 is not shown.
            new Rule("(?m)^ +(leader_count|replica_count|log_bytes): \\d+\n", ""),
            new Rule("(?m)^ {4}partition_count: \\d+\n", ""),
            new Rule("(topic_id|next_cursor|cursor): \".*\"", "$1: VARIES"),
            new Rule("(seconds|nanos|metadata_version|controller_epoch|usable_bytes|log_bytes): \\d+", "$1: VARIES"),
            new Rule("(partition_count|leader_count|replica_count|topic_count): \\d+", "$1: VARIES"),
            new Rule("(leader|replicas|isr|broker_id): \\d+", "$1: N"));

    private Likeness() {}

    /** What has to be the same in another answer to the same REST request about another topic. */
    public static String ofRest(String body, String topic) {
        return without(body, topic, REST);
    }

    /** What has to be the same in another answer to the same gRPC request about another topic. */
    public static String ofGrpc(String text, String topic) {
        return without(text, topic, GRPC);
    }

    private static String without(String text, String topic, List<Rule> rules) {
        String rest = text.replace(topic, "TOPIC");
        for (Rule rule : rules) {
            rest = rest.replaceAll(rule.pattern(), rule.replacement());
        }
        return rest;
    }
}
