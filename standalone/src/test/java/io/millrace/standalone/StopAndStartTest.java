package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopAndStartTest {
    /** Below what the servers would wait for open requests. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

    @TempDir
    Path data;

    @Test
    void endlessReadersDoNotHoldAStopUp() throws Exception {
        Standalone millrace = Standalone.start(TestOptions.in(data));
        Readiness.await(millrace);
        ManagedChannel channel = channel(millrace);
        createTopic(channel, Topic.newBuilder().setName("endless").setPartitionCount(1));
        Iterator<ReadResponse> reader = ConsumerServiceGrpc.newBlockingStub(channel)
                .read(ReadRequest.newBuilder().addTopics("endless").build());
        reader.next();
        CompletableFuture<String> events = get(
                URI.create("http://127.0.0.1:" + millrace.restPort() + "/v3/clusters/-/topics/endless/records"),
                "text/event-stream");

        long start = System.nanoTime();
        millrace.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STOP_LIMIT);
        assertThat(statusOfEnd(reader)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(events.get(10, TimeUnit.SECONDS)).isNotNull();
        channel.shutdownNow();
    }

    @Test
    void aTopicThatWantsMoreReplicasThanThereAreKeepsNobodyFromStarting() throws Exception {
        try (Standalone first = Standalone.start(TestOptions.in(data))) {
            Readiness.await(first);
            ManagedChannel channel = channel(first);
            createTopic(
                    channel,
                    Topic.newBuilder().setName("strict").setPartitionCount(1).putConfigs("min.insync.replicas", "2"));
            channel.shutdownNow();
        }

        try (Standalone again = Standalone.start(TestOptions.in(data))) {
            Readiness.await(again);

            URI readiness = URI.create("http://127.0.0.1:" + again.managementPort() + "/health/readiness");
            assertThat(get(readiness, "application/json").get(10, TimeUnit.SECONDS))
                    .contains("\"status\":\"UP\"", "min.insync.replicas");
        }
    }

    private static ManagedChannel channel(Standalone millrace) {
        return NettyChannelBuilder.forAddress("127.0.0.1", millrace.grpcPort())
                .usePlaintext()
                .build();
    }

    private static void createTopic(ManagedChannel channel, Topic.Builder topic) {
        TopicServiceGrpc.newBlockingStub(channel)
                .createTopic(CreateTopicRequest.newBuilder().setTopic(topic).build());
    }

    private static CompletableFuture<String> get(URI uri, String accept) {
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(uri).header("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }

    private static Status.Code statusOfEnd(Iterator<ReadResponse> reader) {
        try {
            while (reader.hasNext()) {
                reader.next();
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException end) {
            return end.getStatus().getCode();
        }
    }
}
