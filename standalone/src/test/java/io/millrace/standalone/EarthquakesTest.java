package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Real events through every front door and back through every other. */
class EarthquakesTest {
    private static final int PARTITIONS = 6;

    @TempDir
    static Path folder;

    private static Standalone millrace;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws Exception {
        millrace = Standalone.start(TestOptions.in(folder.resolve("data")));
        Readiness.await(millrace);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", millrace.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        channel.shutdownNow();
        millrace.close();
    }

    @TestFactory
    Stream<DynamicTest> whatGoesInAtOneDoorComesOutAtEachUnchangedAndInOrder() {
        Map<String, FrontDoor> doors = new TreeMap<>(Map.of(
                "command-line",
                new CommandLineDoor(millrace.grpcPort()),
                "grpc",
                new GrpcDoor(channel),
                "rest",
                new RestDoor(millrace.restPort())));
        return doors.entrySet().stream().flatMap(in -> {
            String topic = "quakes-by-" + in.getKey();
            Stream<DynamicTest> load = Stream.of(DynamicTest.dynamicTest("load by " + in.getKey(), () -> {
                create(topic);
                in.getValue().load(topic);
            }));
            Stream<DynamicTest> reads = doors.entrySet().stream()
                    .map(out -> DynamicTest.dynamicTest(
                            "loaded by " + in.getKey() + ", read by " + out.getKey(),
                            () -> assertSameQuakes(out.getValue().read(topic))));
            return Stream.concat(load, reads);
        });
    }

    private static void create(String topic) {
        TopicServiceGrpc.newBlockingStub(channel)
                .createTopic(CreateTopicRequest.newBuilder()
                        .setTopic(Topic.newBuilder().setName(topic).setPartitionCount(PARTITIONS))
                        .build());
    }

    private static void assertSameQuakes(List<Stored> records) throws Exception {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String line : Quakes.lines()) {
            expected.computeIfAbsent(Quakes.keyOf(line), key -> new ArrayList<>())
                    .add(line);
        }
        Map<String, List<Stored>> byKey = new TreeMap<>();
        records.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record));

        assertThat(byKey.keySet()).isEqualTo(expected.keySet());
        byKey.forEach((key, stored) -> {
            stored.sort(Comparator.comparingLong(Stored::offset));
            assertThat(stored)
                    .extracting(Stored::partition)
                    .as("partitions of " + key)
                    .containsOnly(stored.getFirst().partition());
            assertThat(stored).extracting(Stored::value).as("values of " + key).isEqualTo(expected.get(key));
        });
    }
}
