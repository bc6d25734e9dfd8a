package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.UnaskedBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of records whose producer leaves before the broker has answered. */
class DepartedProducerTest {
    private static final int VERSION = 9;
    private static final ByteBuffer BATCH = ByteBuffer.wrap("a batch".getBytes(StandardCharsets.UTF_8));
    private static final int LIMIT_SECONDS = 20;

    /** Takes an append, and answers when the test does. */
    private static final class SlowBroker extends UnaskedBroker {
        final CompletableFuture<AppendRequest> asked = new CompletableFuture<>();
        final CompletableFuture<List<Outcome<Appended>>> answer = new CompletableFuture<>();

        @Override
        public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
            asked.complete(request);
            return answer;
        }
    }

    private final SlowBroker broker = new SlowBroker();
    private TestDoor door;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open(ignored -> broker);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void whatWasSentWithoutWaitingForAnAnswerIsStoredNevertheless() throws Exception {
        sendAndLeave((short) 0);

        assertThatThrownBy(() -> broker.answer.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        broker.answer.complete(List.of(new Outcome.Done<>(new Appended(0, 0, -1, 0))));
    }

    @Test
    void whatSomebodyWaitedForIsGivenUp() throws Exception {
        sendAndLeave((short) -1);

        assertThatThrownBy(() -> broker.answer.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
    }

    private void sendAndLeave(short acks) throws Exception {
        String topic = door.newTopic(1);
        try (FrameClient client = door.connect()) {
            client.send(produce(topic, acks), VERSION);
            broker.asked.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
                door.server().connections() > 0 && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(door.server().connections()).isZero();
    }

    private static ProduceRequestData produce(String topic, short acks) {
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new PartitionProduceData()
                        .setIndex(0)
                        .setRecords(MemoryRecords.readableRecords(BATCH.duplicate())))));
        return new ProduceRequestData().setAcks(acks).setTimeoutMs(1_000).setTopicData(topics);
    }
}
