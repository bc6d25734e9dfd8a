package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.Record;
import io.millrace.v1.StartPoint;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillNineTest {
    private static final int PRODUCERS = 4;
    private static final int RECORDS_PER_REQUEST = 10;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 2_000;

    /** What a record was acknowledged to be: its place in the topic. */
    private record Place(int partition, long offset) {}

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedRecordIsThereAfterTheProcessWasKilledUnderLoad() throws Exception {
        Path data = folder.resolve("data");
        Map<Place, String> acknowledged = new ConcurrentHashMap<>();
        Queue<ProduceResult> refused = new ConcurrentLinkedQueue<>();
        try (MillraceProcess millrace = MillraceProcess.start(data)) {
            TopicServiceGrpc.newBlockingStub(millrace.channel())
                    .createTopic(CreateTopicRequest.newBuilder()
                            .setTopic(Topic.newBuilder().setName("survivor").setPartitionCount(3))
                            .build());
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                String name = "p" + i;
                producers.add(
                        Thread.ofVirtual().start(() -> produceUntilItBreaks(millrace, name, acknowledged, refused)));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (acknowledged.size() < ACKNOWLEDGED_BEFORE_THE_KILL && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            millrace.kill();
            for (Thread producer : producers) {
                producer.join();
            }
        }
        assertThat(refused).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);

        Map<Place, String> found = new HashMap<>();
        try (MillraceProcess restarted = MillraceProcess.start(data)) {
            ConsumerServiceGrpc.newBlockingStub(restarted.channel())
                    .withDeadlineAfter(Duration.ofSeconds(60))
                    .read(ReadRequest.newBuilder()
                            .addTopics("survivor")
                            .setStart(StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST))
                            .setUntilEnd(true)
                            .build())
                    .forEachRemaining(
                            page -> page.getRecordsList().forEach(record -> found.put(place(record), value(record))));
        }

        assertThat(found).containsAllEntriesOf(acknowledged);
    }

    private static void produceUntilItBreaks(
            MillraceProcess millrace, String name, Map<Place, String> acknowledged, Queue<ProduceResult> refused) {
        ProducerServiceGrpc.ProducerServiceBlockingStub producer =
                ProducerServiceGrpc.newBlockingStub(millrace.channel());
        try {
            for (int request = 0; ; request++) {
                ProduceRequest.Builder records = ProduceRequest.newBuilder().setTopic("survivor");
                for (int i = 0; i < RECORDS_PER_REQUEST; i++) {
                    ByteString text = ByteString.copyFromUtf8(name + "-" + request + "-" + i);
                    records.addRecords(ProducerRecord.newBuilder().setKey(text).setValue(text));
                }
                List<ProduceResult> results = producer.produce(records.build()).getResultsList();
                for (int i = 0; i < results.size(); i++) {
                    ProduceResult result = results.get(i);
                    if (result.hasError()) {
                        refused.add(result);
                    } else {
                        acknowledged.put(
                                new Place(result.getPartition(), result.getOffset()), name + "-" + request + "-" + i);
                    }
                }
            }
        } catch (StatusRuntimeException expected) {
            // The process was killed: what is unanswered now may or may not be there.
        }
    }

    private static Place place(Record record) {
        return new Place(record.getPartition(), record.getOffset());
    }

    private static String value(Record record) {
        return record.getValue().toStringUtf8();
    }
}
