package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteRecordsTest {
    private TestDoor door;
    private FrameClient client;
    private String topic;

    @BeforeEach
    void openWithTwoRecords() throws IOException {
        door = TestDoor.open();
        client = door.connect();
        topic = door.newTopic(1);
        produce();
        produce();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void recordsBeforeTheOffsetAreGone() throws IOException {
        assertThat(delete(0, 1).lowWatermark()).isEqualTo(1);
    }

    @Test
    void minusOneDeletesAllThatIsCommitted() throws IOException {
        assertThat(delete(0, -1).lowWatermark()).isEqualTo(2);
    }

    @Test
    void nothingBehindTheEndCanBeDeleted() throws IOException {
        DeleteRecordsPartitionResult result = delete(0, 3);

        assertThat(result.errorCode()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());
        assertThat(result.lowWatermark()).isEqualTo(-1);
    }

    @Test
    void anOffsetOrPartitionThatCannotBeIsRefused() throws IOException {
        assertThat(delete(0, -2).errorCode()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());
        assertThat(delete(-1, 0).errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(delete(1, 0).errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    private DeleteRecordsPartitionResult delete(int partition, long offset) throws IOException {
        DeleteRecordsRequestData request = new DeleteRecordsRequestData()
                .setTopics(List.of(new DeleteRecordsTopic()
                        .setName(topic)
                        .setPartitions(List.of(new DeleteRecordsPartition()
                                .setPartitionIndex(partition)
                                .setOffset(offset)))));
        return client.call(request, 2, DeleteRecordsResponseData.class)
                .topics()
                .find(topic)
                .partitions()
                .find(partition);
    }

    private void produce() throws IOException {
        SimpleRecord record = new SimpleRecord("hi".getBytes(StandardCharsets.UTF_8));
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(1_000);
        request.topicData()
                .add(new ProduceRequestData.TopicProduceData()
                        .setName(topic)
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setRecords(MemoryRecords.withRecords(Compression.NONE, record)))));
        client.call(request, 9, ProduceResponseData.class);
    }
}
