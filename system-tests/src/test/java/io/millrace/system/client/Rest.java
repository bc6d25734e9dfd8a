package io.millrace.system.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The REST API of one gateway, by the JDK's HTTP client. Paths are relative to the cluster.
 *
 * @param port on the loopback interface
 * @param patience how long an answer may take
 */
public record Rest(int port, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String JSON = "application/json";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** To a gateway that may take its time. */
    public Rest(int port) {
        this(port, PATIENCE);
    }

    /** Asks for something. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Posts JSON. */
    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", JSON).POST(BodyPublishers.ofString(json)));
    }

    /** Creates a topic with one replica of each partition, and fails if that fails. */
    public void createTopic(String name, int partitions) throws IOException, InterruptedException {
        createTopic(name, partitions, 1);
    }

    /** Creates a topic, and fails if that fails. */
    public void createTopic(String name, int partitions, int replicas) throws IOException, InterruptedException {
        Answer answer = post(
                "topics",
                "{\"topic_name\":\"%s\",\"partitions_count\":%d,\"replication_factor\":%d}"
                        .formatted(name, partitions, replicas));
        if (answer.status() != 201) {
            throw new AssertionError("Topic " + name + " was not created: " + answer);
        }
    }

    /** A request to this gateway's cluster. */
    public HttpRequest.Builder request(String path) {
        return requestOf("/v3/clusters/-" + (path.isEmpty() ? "" : "/" + path));
    }

    /** A request with the whole path. */
    public HttpRequest.Builder requestOf(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(patience);
    }

    /** Sends any request. */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return Answer.of(response, Duration.ofNanos(System.nanoTime() - start));
    }
}
