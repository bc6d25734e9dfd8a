package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetForLeaderEpochTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    /** Where epoch 3 of the only partition ends, and what its leader's epoch is. */
    private static final long END = 42;

    private static final int EPOCH = 5;

    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open(InMemoryController.withBroker(), new UnaskedBroker() {
            @Override
            public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
                return CompletableFuture.completedFuture(request.parts().stream()
                        .map(OffsetForLeaderEpochTest::answer)
                        .toList());
            }
        });
        client = door.connect();
    }

    private static Outcome<FoundOffset> answer(ListOffsetsRequest.Part part) {
        if (!part.partition().equals(ORDERS)) {
            return Outcome.refused(new Refusal.UnknownTopic(part.partition().topic()));
        }
        if (part.expectedLeaderEpoch() != EPOCH) {
            return Outcome.refused(new Refusal.StaleEpoch("The epoch is another."));
        }
        assertThat(part.target()).isEqualTo(new Target.EndOfEpoch(4));
        return Outcome.done(new FoundOffset(END, -1, 3));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void theEndOfTheLargestEpochUpToThatOneIsTold() throws IOException {
        EpochEndOffset end = ask("orders", 0, EPOCH, 4);

        assertThat(end.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(end.leaderEpoch()).isEqualTo(3);
        assertThat(end.endOffset()).isEqualTo(END);
    }

    @Test
    void aClientWithAnOldPictureIsSentToTheMetadata() throws IOException {
        assertThat(ask("orders", 0, EPOCH - 1, 4).errorCode()).isEqualTo(Errors.FENCED_LEADER_EPOCH.code());
    }

    @Test
    void whatIsNotThereHasNoEpochs() throws IOException {
        assertThat(ask("nowhere", 0, EPOCH, 4).errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(ask("orders", -1, EPOCH, 4).errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void noEpochEndsNowhere() throws IOException {
        EpochEndOffset end = ask("orders", 0, EPOCH, -1);

        assertThat(end.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(end.endOffset()).isEqualTo(-1);
    }

    private EpochEndOffset ask(String topic, int partition, int currentEpoch, int epoch) throws IOException {
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
        request.topics()
                .add(new OffsetForLeaderTopic()
                        .setTopic(topic)
                        .setPartitions(List.of(new OffsetForLeaderPartition()
                                .setPartition(partition)
                                .setCurrentLeaderEpoch(currentEpoch)
                                .setLeaderEpoch(epoch))));
        return client.call(request, 4, OffsetForLeaderEpochResponseData.class)
                .topics()
                .find(topic)
                .partitions()
                .getFirst();
    }
}
