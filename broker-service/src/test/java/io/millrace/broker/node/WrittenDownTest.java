package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.ReplicaMark;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker writes down of its replicas, and what it finds out with that at its next start. */
class WrittenDownTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));
    private static final Path LOG = SimulatedBroker.DATA.resolve("orders-0");

    private final StagedCluster controller = new StagedCluster();
    private final TwoBrokers brokers = new TwoBrokers(1, controller);

    @BeforeEach
    void recordsAtOneBroker() {
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        controller.change(
                new MetadataChange.Put(new TopicRecord(ID, "orders", 1, 1, Map.of())),
                new MetadataChange.Put(new PartitionImage(ID, 0, List.of(0), List.of(0), 0, 0, 0)));
        brokers.settle();
        assertThat(brokers.append(0, Acks.ALL, "a", "b")).isInstanceOf(Outcome.Done.class);
        assertThat(brokers.writtenDown(0, ID)).isEmpty();
    }

    @Test
    void whatIsCertainIsWrittenDownWhileTheBrokerRuns() {
        brokers.pass(SimulatedBroker.options(SimulatedBroker.DATA).replicaCheckpointInterval());

        assertThat(brokers.writtenDown(0, ID)).contains(new ReplicaMark(2, 2));
    }

    @Test
    void whatIsCertainIsWrittenDownAtTheEndOfAStop() {
        brokers.await(brokers.node(0).stop(Duration.ofSeconds(1)));

        assertThat(brokers.writtenDown(0, ID)).contains(new ReplicaMark(2, 2));
    }

    @Test
    void aLogThatLostWhatWasWrittenDownIsConfessedThoughTheControllerKnewOfNothing() throws IOException {
        brokers.await(brokers.node(0).stop(Duration.ofSeconds(1)));
        loseRecords();

        brokers.replace(0);
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.withdrawals())
                .extracting(WithdrawReplicasRequest::reason)
                .containsExactly(WithdrawReplicasRequest.Reason.AMNESIA);
    }

    @Test
    void aLogThatLostNothingIsNotConfessed() {
        brokers.await(brokers.node(0).stop(Duration.ofSeconds(1)));

        brokers.replace(0);
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));

        assertThat(controller.withdrawals()).isEmpty();
    }

    private void loseRecords() throws IOException {
        for (String name : brokers.disk(0).list(LOG)) {
            if (name.startsWith("0000")) {
                brokers.disk(0).delete(LOG.resolve(name));
            }
        }
    }
}
