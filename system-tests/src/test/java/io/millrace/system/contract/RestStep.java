package io.millrace.system.contract;

import io.millrace.system.client.Answer;
import io.millrace.system.client.Rest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * An example of one operation of the REST contract.
 *
 * @param operation its id in the contract
 * @param path with the query
 * @param type of the body, or of the answer where there is none
 * @param status that the answer has to have
 */
public record RestStep(String operation, String method, String path, String type, String body, int status) {
    private static final String JSON = "application/json";
    private static final String CLUSTER = "/v3/clusters/-/";
    private static final String TOPICS = CLUSTER + "topics";

    /** What may follow a path in the contract. */
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    /** Examples of all operations, in an order in which each finds what it needs; the last one deletes the topic. */
    public static List<RestStep> on(String topic, int leaderOfPartition0) {
        String it = TOPICS + "/" + topic;
        String replicas = it + "/partitions/0/replicas";
        List<RestStep> steps = new ArrayList<>(List.of(
                new RestStep("listClusters", "GET", "/v3/clusters", JSON, "", 200),
                new RestStep("getCluster", "GET", "/v3/clusters/-", JSON, "", 200),
                get("getHealth", CLUSTER + "health"),
                get("listBrokers", CLUSTER + "brokers"),
                get("getBroker", CLUSTER + "brokers/1"),
                get("listTopics", TOPICS),
                // The topic is there already.
                change("createTopic", "POST", TOPICS, "{\"topic_name\":\"" + topic + "\"}", 400),
                get("getTopic", it),
                change("addPartitions", "PATCH", it, "{\"partitions_count\":3}", 200),
                get("getTopic", it),
                get("listPartitions", it + "/partitions"),
                get("getPartition", it + "/partitions/0"),
                get("listReplicas", replicas),
                get("getReplica", replicas + "/" + leaderOfPartition0),
                get("listTopicConfigs", it + "/configs"),
                change("setTopicConfig", "PUT", it + "/configs/retention.ms", "{\"value\":\"604800000\"}", 204),
                get("getTopicConfig", it + "/configs/retention.ms"),
                change("resetTopicConfig", "DELETE", it + "/configs/retention.ms", "", 204),
                get("getTopicConfig", it + "/configs/retention.ms"),
                change(
                        "alterTopicConfigs",
                        "POST",
                        it + "/configs:alter",
                        "{\"data\":[{\"name\":\"segment.ms\",\"value\":\"86400000\"}]}",
                        204),
                get("getTopicConfig", it + "/configs/segment.ms")));
        steps.addAll(quotas(topic));
        steps.addAll(replicas(topic, it));
        steps.addAll(records(it));
        steps.add(change("deleteTopic", "DELETE", it, "", 204));
        steps.add(new RestStep("getTopic", "GET", it, JSON, "", 404));
        return steps;
    }

    private static List<RestStep> quotas(String client) {
        String entity = "{\"alterations\":[{\"entity\":{\"client_id\":{\"name\":\"" + client + "\"}},";
        return List.of(
                change(
                        "alterQuotas",
                        "POST",
                        CLUSTER + "quotas:alter",
                        entity + "\"set\":{\"producer_byte_rate\":1000000000}}]}",
                        200),
                get("listQuotas", CLUSTER + "quotas"),
                change(
                        "alterQuotas",
                        "POST",
                        CLUSTER + "quotas:alter",
                        entity + "\"reset\":[\"producer_byte_rate\"]}]}",
                        200));
    }

    private static List<RestStep> replicas(String topic, String it) {
        String partitions = CLUSTER + "partitions";
        return List.of(
                get("listReassignments", TOPICS + "/-/partitions/-/reassignment"),
                get("listTopicReassignments", it + "/partitions/-/reassignment"),
                new RestStep("getReassignment", "GET", it + "/partitions/0/reassignment", JSON, "", 404),
                // What a broker keeps is not the same twice.
                new RestStep("listBrokerReplicas", "GET", CLUSTER + "brokers/99/partition-replicas", JSON, "", 404),
                get("listTopicReplicaStatus", it + "/partitions/-/replica-status"),
                get("listReplicaStatus", it + "/partitions/0/replica-status"),
                change(
                        "reassignPartitions",
                        "POST",
                        partitions + ":reassign",
                        "{\"targets\":[{\"topic_name\":\"" + topic
                                + "\",\"partition_id\":0,\"broker_ids\":[2,1]}],\"validate_only\":true}",
                        200),
                change("cancelReassignments", "POST", partitions + ":cancel-reassignment", "{}", 200),
                change(
                        "electLeaders",
                        "POST",
                        partitions + ":elect-leaders",
                        "{\"election_type\":\"UNCLEAN\",\"validate_only\":true}",
                        200));
    }

    private static List<RestStep> records(String it) {
        String records = it + "/records";
        String read = records + "?from=earliest&until=end";
        String readPartition = it + "/partitions/1/records?from=earliest";
        return List.of(
                change("produce", "POST", records, "{\"partition_id\":0,\"key\":\"k\",\"value\":{\"n\":1}}", 200),
                new RestStep(
                        "produce",
                        "POST",
                        records + "?partition=1",
                        "application/x-ndjson",
                        "{\"n\":2}\n{\"n\":3}\n",
                        200),
                new RestStep("produce", "POST", records + "?partition=1", "text/plain", "four\nfive\n", 200),
                new RestStep(
                        "produce",
                        "POST",
                        records + "?partition=2&compression=zstd",
                        "application/octet-stream",
                        "six",
                        200),
                change(
                        "produceBatch",
                        "POST",
                        records + ":batch",
                        "{\"entries\":[{\"id\":\"1\",\"partition_id\":0,\"value\":\"a\"},{\"id\":\"2\",\"partition_id\":99,\"value\":\"b\"}]}",
                        207),
                get("readTopic", records + "?from=earliest&limit=10"),
                new RestStep("readTopic", "GET", read, "application/x-ndjson", "", 200),
                new RestStep("readTopic", "GET", read, "text/event-stream", "", 200),
                get("readPartition", readPartition),
                new RestStep("readPartition", "GET", readPartition + "&until=end", "text/event-stream", "", 200),
                new RestStep("readPartition", "GET", it + "/partitions/1/records?from=1000", JSON, "", 416));
    }

    /** The ids of all operations in the contract that a gateway shows. */
    public static TreeSet<String> operationsOf(String contract) {
        TreeSet<String> ids = new TreeSet<>();
        Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(contract);
        document.getOrDefault("paths", Map.of())
                .values()
                .forEach(path -> path.forEach((method, operation) -> {
                    if (METHODS.contains(method) && operation instanceof Map<?, ?> details) {
                        ids.add(String.valueOf(details.get("operationId")));
                    }
                }));
        return ids;
    }

    /** Whether it changes metadata, which other gateways see a moment later. */
    public boolean changesMetadata() {
        return !method.equals("GET") && !operation.startsWith("produce");
    }

    /** Asks a gateway. */
    public Answer ask(Rest gateway) throws IOException, InterruptedException {
        var request = gateway.requestOf(path)
                .header(method.equals("GET") ? "Accept" : "Content-Type", type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return gateway.send(request);
    }

    private static RestStep get(String operation, String path) {
        return new RestStep(operation, "GET", path, JSON, "", 200);
    }

    private static RestStep change(String operation, String method, String path, String body, int status) {
        return new RestStep(operation, method, path, JSON, body, status);
    }
}
