package io.millrace.gateway.kafka;

import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Requests with records in partition 0 of a topic, of versions in which topics have names. */
final class Records {
    static final int PRODUCE_VERSION = 9;
    static final int FETCH_VERSION = 12;

    private Records() {}

    /** One record, in a batch of a few bytes more than that. */
    static ProduceRequestData produce(String topic, int bytes, int acks) {
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new PartitionProduceData()
                        .setRecords(MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[bytes]))))));
        return new ProduceRequestData()
                .setAcks((short) acks)
                .setTimeoutMs(10_000)
                .setTopicData(topics);
    }

    /** Without a session. */
    static FetchRequestData fetch(String topic, long offset, int bytesMax) {
        return new FetchRequestData()
                .setSessionEpoch(-1)
                .setMaxBytes(bytesMax)
                .setTopics(List.of(new FetchTopic()
                        .setTopic(topic)
                        .setPartitions(List.of(
                                new FetchPartition().setFetchOffset(offset).setPartitionMaxBytes(bytesMax)))));
    }

    /** Bytes of records in a response. */
    static int bytesOf(FetchResponseData response) {
        return response.responses().stream()
                .flatMap(topic -> topic.partitions().stream())
                .mapToInt(part -> part.records() == null ? 0 : part.records().sizeInBytes())
                .sum();
    }
}
