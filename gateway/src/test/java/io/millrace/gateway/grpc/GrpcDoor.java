package io.millrace.gateway.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.gateway.TwinCluster;
import io.millrace.gateway.app.GatewayConfiguration;
import io.millrace.gateway.grpc.app.GrpcConfiguration;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.TopicServiceGrpc;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The gRPC door on a real port, before a broker and a controller in memory: one for all tests of a JVM. */
public final class GrpcDoor {
    /** The credit that this door gives a ProduceStream. */
    public static final int STREAM_BATCHES = 100;

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;

    private GrpcDoor(String... settings) {
        context = new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.grpc.server.address=127.0.0.1",
                                        "--spring.grpc.server.port=0",
                                        "--spring.main.banner-mode=off",
                                        "--millrace.gateway.grpc.max-message=1MB",
                                        "--millrace.gateway.grpc.stream-batches=" + STREAM_BATCHES,
                                        "--millrace.gateway.grpc.stream-bytes=256KB"),
                                Stream.of(settings))
                        .toArray(String[]::new));
        channel = newChannel();
    }

    /** A door for one test, which closes it. */
    static GrpcDoor openOnce(String... settings) {
        return new GrpcDoor(settings);
    }

    /** Closes a door that was opened for one test. */
    void close() {
        channel.shutdownNow();
        context.close();
    }

    /** The door of this JVM. */
    public static GrpcDoor open() {
        return Started.DOOR;
    }

    /** Creates a topic with a name of its own. */
    public String newTopic(int partitions) {
        String name = "grpc-" + TOPICS.incrementAndGet();
        controller()
                .createTopic(new CreateTopicRequest(name, partitions, 1, Map.of(), false))
                .join();
        return name;
    }

    /** Appends values to partition 0. */
    public void append(String topic, String... values) {
        producer()
                .produce(ProduceRequest.newBuilder()
                        .setTopic(topic)
                        .addAllRecords(Stream.of(values).map(GrpcDoor::record).toList())
                        .build());
    }

    /** A record for partition 0. */
    public static ProducerRecord record(String value) {
        return ProducerRecord.newBuilder()
                .setValue(ByteString.copyFromUtf8(value))
                .setPartition(0)
                .build();
    }

    public ManagedChannel newChannel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", port())
                .usePlaintext()
                .build();
    }

    public int port() {
        return context.getBean(GrpcServerLifecycle.class).getPort();
    }

    public ManagedChannel channel() {
        return channel;
    }

    public InMemoryController controller() {
        return context.getBean(InMemoryController.class);
    }

    public InMemoryBroker broker() {
        return context.getBean(InMemoryBroker.class);
    }

    public RecordProducer recordProducer() {
        return context.getBean(RecordProducer.class);
    }

    public MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    public ProducerServiceGrpc.ProducerServiceBlockingStub producer() {
        return ProducerServiceGrpc.newBlockingStub(channel);
    }

    public ConsumerServiceGrpc.ConsumerServiceBlockingStub consumer() {
        return ConsumerServiceGrpc.newBlockingStub(channel);
    }

    public TopicServiceGrpc.TopicServiceBlockingStub topics() {
        return TopicServiceGrpc.newBlockingStub(channel);
    }

    public ClusterServiceGrpc.ClusterServiceBlockingStub cluster() {
        return ClusterServiceGrpc.newBlockingStub(channel);
    }

    private static final class Started {
        static final GrpcDoor DOOR = new GrpcDoor();
    }

    /** The door in front of the twins. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({GatewayConfiguration.class, GrpcConfiguration.class, TwinCluster.class})
    static class Wiring {}
}
