package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that went to other brokers while this one was away: when their files may go. */
class FreedReplicasTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));

    private final StagedCluster controller = new StagedCluster();
    private final TwoBrokers brokers = new TwoBrokers(1, controller);

    @BeforeEach
    void aReplicaThatWentAwayWithItsBrokerDown() {
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        controller.change(
                new MetadataChange.Put(new TopicRecord(ID, "orders", 1, 1, Map.of())),
                new MetadataChange.Put(new PartitionImage(ID, 0, List.of(0), List.of(0), 0, 0, 0)));
        brokers.settle();
        assertThat(brokers.append(0, Acks.ALL, "a")).isInstanceOf(Outcome.Done.class);
        brokers.await(brokers.node(0).stop(Duration.ofSeconds(1)));
        controller.change(new MetadataChange.Put(new PartitionImage(ID, 0, List.of(1), List.of(1), 1, 1, 1)));
        brokers.replace(0);
    }

    @Test
    void theyGoAtTheNextStart() throws IOException {
        assertThat(brokers.disk(0).exists(TwoBrokers.log(0))).isTrue();

        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        brokers.settle();
        assertThat(brokers.disk(0).exists(TwoBrokers.log(0))).isFalse();

        brokers.pass(Duration.ofSeconds(6));
        assertThat(brokers.writtenDown(0, ID)).isEmpty();
    }

    @Test
    void theyStayUntilThePictureIsSurelyNotAnOldOne() throws IOException {
        controller.lag();
        var _ = brokers.node(0).start(SimulatedBroker.ENDPOINTS);
        brokers.pass(Duration.ofSeconds(1));
        assertThat(brokers.disk(0).exists(TwoBrokers.log(0))).isTrue();

        controller.catchUp();
        brokers.settle();
        assertThat(brokers.disk(0).exists(TwoBrokers.log(0))).isFalse();
    }
}
