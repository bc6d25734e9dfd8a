package io.millrace.gateway.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatches;
import io.millrace.gateway.TwinCluster;
import io.millrace.gateway.app.GatewayConfiguration;
import io.millrace.gateway.rest.app.RestConfiguration;
import io.millrace.gateway.rest.read.OpenStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The REST door on a real port, before a broker and a controller in memory: one for all tests of a JVM. */
public final class RestDoor {
    /** The largest record this door takes, in bytes. */
    public static final int RECORD_BYTES_MAX = 256 * 1024;

    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServletWebServerApplicationContext context;
    private final InMemoryController controller;

    private RestDoor() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Wiring.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.grpc.server.enabled=false",
                        "spring.main.banner-mode=off",
                        "millrace.gateway.rest.max-record=256KB",
                        "millrace.gateway.rest.max-body=1MB",
                        "millrace.gateway.rest.max-bodies=1MB",
                        "millrace.gateway.rest.keep-alive=200ms",
                        "millrace.gateway.rest.body-idle=2s")
                .run();
        controller = context.getBean(InMemoryController.class);
    }

    /** The door of this JVM. */
    public static RestDoor open() {
        return Started.DOOR;
    }

    /** Creates a topic with a name of its own. */
    public String newTopic(int partitions, Map<String, String> configs) {
        String name = "topic-" + TOPICS.incrementAndGet();
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, configs, false))
                .join();
        return name;
    }

    /** All records of a topic as the broker has them, partition by partition. */
    public List<LogRecord> stored(String topic) {
        return controller.image().topic(topic).orElseThrow().partitions().stream()
                .flatMap(partition -> stored(topic, partition.partition()).stream())
                .toList();
    }

    /** All records of a partition as the broker has them. */
    public List<LogRecord> stored(String topic, int partition) {
        FetchRequest.Part part = new FetchRequest.Part(
                new TopicPartition(topic, partition), AppendRequest.ANY_EPOCH, 0, Integer.MAX_VALUE);
        FetchRequest request =
                new FetchRequest(List.of(part), 0, Integer.MAX_VALUE, Duration.ZERO, IsolationLevel.READ_UNCOMMITTED);
        Outcome<Fetched> outcome = broker().fetch(request).join().getFirst();
        List<LogRecord> records = new ArrayList<>();
        if (outcome instanceof Outcome.Done<Fetched>(Fetched fetched)) {
            try {
                RecordBatches.in(fetched.records().read())
                        .forEach(batch -> batch.records().forEach(records::add));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return records;
    }

    /** Deletes a topic. */
    public void deleteTopic(String name) {
        controller.deleteTopic(name).join();
    }

    /** How many streams of records are open. */
    public int openStreams() {
        return context.getBean(OpenStreams.class).count();
    }

    /** The broker behind the door. */
    public InMemoryBroker broker() {
        return context.getBean(InMemoryBroker.class);
    }

    /** What the door measures. */
    public MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    /** The port that the door listens on. */
    public int port() {
        return context.getWebServer().getPort();
    }

    /** Every operation below {@code /v3} that is served, as method and path with nameless parameters, sorted. */
    public SortedSet<String> operations() {
        SortedSet<String> operations = new TreeSet<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/v3"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> operations.add(method + " " + path.replaceAll("\\{\\w+}", "{}")))));
        return operations;
    }

    /** Begins a request to a path below the cluster, or to any other path when it starts with a slash. */
    public HttpRequest.Builder request(String path) {
        String full = path.startsWith("/") ? path : "/v3/clusters/-/" + path;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + full))
                .timeout(PATIENCE);
    }

    /** Sends a request and reads the whole answer. */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response);
    }

    /** Gets a path. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Posts a text as that content type. */
    public Answer post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static final class Started {
        static final RestDoor DOOR = new RestDoor();
    }

    /** The door in front of the twins. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({GatewayConfiguration.class, RestConfiguration.class, FailingResource.class, TwinCluster.class})
    static class Wiring {}
}
