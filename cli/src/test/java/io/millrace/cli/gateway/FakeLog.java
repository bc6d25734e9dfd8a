package io.millrace.cli.gateway;

import com.google.protobuf.Timestamp;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.Record;
import io.millrace.v1.RecordError;
import io.millrace.v1.TimestampType;
import io.millrace.v1.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Topics and their records, guarded by one monitor. */
public final class FakeLog {
    static final int VALUE_BYTES_MAX = 1_000_000;

    private final Map<String, Topic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, List<List<Record>>> records = new ConcurrentSkipListMap<>();

    public synchronized void create(Topic topic) {
        topics.put(topic.getName(), topic);
        List<List<Record>> partitions = new ArrayList<>();
        for (int partition = 0; partition < topic.getPartitionCount(); partition++) {
            partitions.add(new ArrayList<>());
        }
        records.put(topic.getName(), partitions);
    }

    public synchronized void create(String name, int partitions) {
        create(Topic.newBuilder()
                .setName(name)
                .setPartitionCount(partitions)
                .setReplicationFactor(1)
                .build());
    }

    public synchronized List<Record> records(String topic) {
        return records.getOrDefault(topic, List.of()).stream()
                .flatMap(List::stream)
                .toList();
    }

    synchronized Map<String, Topic> topics() {
        return Map.copyOf(topics);
    }

    synchronized void delete(String topic) {
        topics.remove(topic);
        records.remove(topic);
    }

    synchronized List<Record> partition(String topic, int partition) {
        return List.copyOf(records.getOrDefault(topic, List.of()).get(partition));
    }

    synchronized ProduceResult append(String topic, ProducerRecord record) {
        if (record.getValue().size() > VALUE_BYTES_MAX) {
            return ProduceResult.newBuilder()
                    .setError(RecordError.newBuilder()
                            .setKafkaErrorCode(10)
                            .setKafkaError("MESSAGE_TOO_LARGE")
                            .setMessage("The record has " + record.getValue().size() + " bytes; max.message.bytes is "
                                    + VALUE_BYTES_MAX))
                    .build();
        }
        List<List<Record>> partitions = records.getOrDefault(topic, List.of());
        int partition = record.hasPartition()
                ? record.getPartition()
                : Math.floorMod(Arrays.hashCode(record.getKey().toByteArray()), partitions.size());
        List<Record> log = partitions.get(partition);
        Record.Builder stored = Record.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setOffset(log.size())
                .setTimestamp(
                        record.hasTimestamp()
                                ? record.getTimestamp()
                                : Timestamp.newBuilder()
                                        .setSeconds(1_800_000_000)
                                        .build())
                .setTimestampType(TimestampType.TIMESTAMP_TYPE_CREATE_TIME)
                .addAllHeaders(record.getHeadersList());
        if (record.hasKey()) {
            stored.setKey(record.getKey());
        }
        if (record.hasValue()) {
            stored.setValue(record.getValue());
        }
        log.add(stored.build());
        return ProduceResult.newBuilder()
                .setPartition(partition)
                .setOffset(log.size() - 1L)
                .build();
    }
}
