package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
    /** The exit code of a process that ended by SIGTERM: 128 + 15. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void startedAgainAfterAStopItHasEverythingItHad() throws Exception {
        Path data = folder.resolve("data");
        try (MillraceProcess first = MillraceProcess.start(data)) {
            TopicServiceGrpc.newBlockingStub(first.channel())
                    .createTopic(CreateTopicRequest.newBuilder()
                            .setTopic(Topic.newBuilder()
                                    .setName("kept")
                                    .setPartitionCount(2)
                                    .putConfigs("segment.bytes", "1048576"))
                            .build());
            ProducerServiceGrpc.newBlockingStub(first.channel())
                    .produce(ProduceRequest.newBuilder()
                            .setTopic("kept")
                            .addRecords(ProducerRecord.newBuilder()
                                    .setKey(ByteString.copyFromUtf8("k"))
                                    .setValue(ByteString.copyFromUtf8("v")))
                            .build());

            assertThat(first.stop()).isEqualTo(TERMINATED);
        }

        try (MillraceProcess second = MillraceProcess.start(data)) {
            assertThat(new GrpcDoor(second.channel()).read("kept"))
                    .extracting(Stored::key, Stored::value)
                    .containsExactly(tuple("k", "v"));
            assertThat(get(second.rest("/v3/clusters/-/topics/kept/configs/segment.bytes"))
                            .body())
                    .contains("\"1048576\"");
        }
        assertThat(Files.readString(data.resolve("millrace.log")))
                .as("a clean start scans nothing")
                .doesNotContain("was recovered");
    }

    @Test
    void aSecondProcessDoesNotTouchTheDataOfTheFirst() throws Exception {
        Path data = folder.resolve("data");
        try (Standalone first = Standalone.start(TestOptions.in(data))) {
            assertThatThrownBy(() -> Standalone.start(TestOptions.in(data)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Another Millrace is using " + first.dataDirectory());
        }
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingStarts() throws Exception {
        StandaloneOptions options = TestOptions.in(folder.resolve("data"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            options.grpcPort = other.getLocalPort();

            assertThatThrownBy(() -> Standalone.start(options))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(Integer.toString(options.grpcPort))
                    .hasMessageContaining("--grpc-port");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void metricsProbesAndVersionAnswerOnTheManagementPort() throws Exception {
        try (Standalone millrace = Standalone.start(TestOptions.in(folder.resolve("data")))) {
            Readiness.await(millrace);
            new CommandLineDoor(millrace.grpcPort()).run("topic", "create", "measured");
            post(millrace, "measured", "a line\n");

            Map<String, Double> metrics = metrics(millrace);
            assertThat(metrics)
                    .containsKeys(
                            "millrace_log_fsync_seconds_count",
                            "millrace_log_group_commit_appends_count",
                            "millrace_log_size_bytes",
                            "millrace_gateway_request_seconds_count",
                            "millrace_gateway_bytes_out_total",
                            "millrace_controller_epoch",
                            "jvm_memory_used_bytes");
            assertThat(metrics.get("kafka_server_brokertopicmetrics_messagesin_total"))
                    .isEqualTo(1.0);
            assertThat(metrics.get("kafka_server_brokertopicmetrics_bytesin_total"))
                    .isPositive();
            assertThat(metrics.get("millrace_gateway_records_in_total")).isEqualTo(1.0);
            assertThat(metrics.get("millrace_broker_partitions")).isEqualTo(1.0);
            for (String path : List.of("/health/liveness", "/health/readiness")) {
                assertThat(get(management(millrace, path)).body()).contains("\"status\":\"UP\"");
            }
            assertThat(get(management(millrace, "/info")).body()).contains("version");
        }
    }

    /** The metrics by name; those with several series are added up. */
    private static Map<String, Double> metrics(Standalone millrace) throws Exception {
        Map<String, Double> metrics = new TreeMap<>();
        get(management(millrace, "/metrics"))
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> metrics.merge(
                        line.replaceAll("[{ ].*", ""),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                        Double::sum));
        return metrics;
    }

    private static void post(Standalone millrace, String topic, String lines) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + millrace.restPort() + "/v3/clusters/-/topics/" + topic + "/records"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private static URI management(Standalone millrace, String path) {
        return URI.create("http://127.0.0.1:" + millrace.managementPort() + path);
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
