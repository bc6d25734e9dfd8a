package io.millrace.system.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.ListOffsetsRequest;
import io.millrace.v1.ListOffsetsResponse.ListedOffset;
import io.millrace.v1.Partition;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.Record;
import io.millrace.v1.StartPoint;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicPartition;
import io.millrace.v1.TopicServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The gRPC API of one gateway, by the stubs that anybody can generate.
 *
 * @param channel to it
 * @param patience deadline of each call
 */
public record Grpc(ManagedChannel channel, Duration patience) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Opens a channel to a port on the loopback interface. */
    public static Grpc to(int port) {
        return to(port, PATIENCE);
    }

    /** The same, with calls that take so long at most. */
    public static Grpc to(int port, Duration patience) {
        return new Grpc(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build(), patience);
    }

    /** Whoever writes; each call has a deadline. */
    public ProducerServiceGrpc.ProducerServiceBlockingStub producer() {
        return ProducerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience);
    }

    /** Whoever reads; each call has a deadline. */
    public ConsumerServiceGrpc.ConsumerServiceBlockingStub consumer() {
        return ConsumerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience);
    }

    /** Whoever looks after topics; each call has a deadline. */
    public TopicServiceGrpc.TopicServiceBlockingStub topics() {
        return TopicServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience);
    }

    /** Creates a topic with so many replicas of each partition. */
    public void createTopic(String name, int partitions, int replicas) {
        var _ = topics().createTopic(CreateTopicRequest.newBuilder()
                .setTopic(Topic.newBuilder()
                        .setName(name)
                        .setPartitionCount(partitions)
                        .setReplicationFactor(replicas))
                .build());
    }

    /** The partitions of a topic, by number. */
    public List<Partition> partitions(String topic) {
        return topics().getTopic(GetTopicRequest.newBuilder().setName(topic).build())
                .getTopic()
                .getPartitionsList();
    }

    /** Numbers of the partitions of a topic that a broker leads. */
    public List<Integer> partitionsLedBy(int broker, String topic) {
        return partitions(topic).stream()
                .filter(partition -> partition.getLeader() == broker)
                .map(Partition::getPartition)
                .toList();
    }

    /** Whether every partition of the topic says where it ends, which only its leader can. */
    public boolean isServed(String topic) {
        return topics()
                .listOffsets(ListOffsetsRequest.newBuilder()
                        .setTopic(topic)
                        .setAt(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_LATEST))
                        .build())
                .getOffsetsList()
                .stream()
                .noneMatch(ListedOffset::hasError);
    }

    /** Where a partition ends, by its leader. */
    public long endOf(String topic, int partition) {
        return topics().listOffsets(ListOffsetsRequest.newBuilder()
                        .setTopic(topic)
                        .addPartitions(partition)
                        .setAt(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_LATEST))
                        .build())
                .getOffsetsList()
                .getFirst()
                .getOffset();
    }

    /** Everything that a partition has now. */
    public List<Record> readAll(String topic, int partition) {
        List<Record> records = new ArrayList<>();
        consumer()
                .read(ReadRequest.newBuilder()
                        .addPartitions(
                                TopicPartition.newBuilder().setTopic(topic).setPartition(partition))
                        .setStart(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST))
                        .setUntilEnd(true)
                        .build())
                .forEachRemaining(page -> records.addAll(page.getRecordsList()));
        return records;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
