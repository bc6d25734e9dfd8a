package io.millrace.gateway.kafka.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import io.millrace.gateway.routing.MetadataView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PreferredReplicasTest {
    private static final String LISTENER = "default";
    private static final TopicId ID = new TopicId(new UUID(1, 1));
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int LEADER = 1;

    @Test
    void theLeaderSendsAConsumerToAReplicaInItsRack() {
        assertThat(preferred(OptionalInt.of(LEADER), "b", List.of(1, 2))).hasValue(2);
    }

    @Test
    void aConsumerInTheRackOfTheLeaderStaysThere() {
        assertThat(preferred(OptionalInt.of(LEADER), "a", List.of(1, 2))).isEmpty();
    }

    @Test
    void aReplicaThatIsNotInSyncServesNobody() {
        assertThat(preferred(OptionalInt.of(LEADER), "b", List.of(1))).isEmpty();
    }

    @Test
    void aBrokerThatClientsDoNotGetStraightToIsNoBetterThanAnother() {
        assertThat(preferred(OptionalInt.of(LEADER), "c", List.of(1, 2, 3))).isEmpty();
    }

    @Test
    void whoeverDoesNotLeadSendsNobodyOn() {
        assertThat(preferred(OptionalInt.of(2), "b", List.of(1, 2))).isEmpty();
        assertThat(preferred(OptionalInt.empty(), "b", List.of(1, 2))).isEmpty();
    }

    @Test
    void aConsumerThatDoesNotSayWhereItIsStaysWhereItIs() {
        assertThat(preferred(OptionalInt.of(LEADER), "", List.of(1, 2))).isEmpty();
    }

    private static OptionalInt preferred(OptionalInt own, String rack, List<Integer> inSync) {
        MetadataView view = new MetadataView(new ForwardingController(InMemoryController.withBroker()) {
            @Override
            public Subscription watch(MetadataListener listener) {
                listener.onSnapshot(cluster(inSync));
                return () -> {};
            }
        });
        return new PreferredReplicas(
                        view,
                        listener -> new BrokerAddresses(listener, AdvertisedAddress.parse("gateways.test:9092")),
                        own)
                .of(ORDERS, rack, LISTENER);
    }

    /** Broker 3 has no gateway in its process. */
    private static ClusterImage cluster(List<Integer> inSync) {
        List<MetadataChange> facts = new ArrayList<>();
        facts.add(new MetadataChange.Put(broker(1, "a", LISTENER)));
        facts.add(new MetadataChange.Put(broker(2, "b", LISTENER)));
        facts.add(new MetadataChange.Put(broker(3, "c", "another")));
        facts.add(new MetadataChange.Put(new TopicRecord(ID, ORDERS.topic(), 1, 3, Map.of())));
        facts.add(new MetadataChange.Put(new PartitionImage(ID, 0, List.of(1, 2, 3), inSync, LEADER, 0, 0)));
        return ClusterImage.empty("cluster").apply(new ClusterDelta(1, 1, facts));
    }

    private static BrokerImage broker(int id, String rack, String listener) {
        Endpoint kafka = new Endpoint(Endpoint.kafka(listener), "node-" + id, 9092);
        return new BrokerImage(id, new UUID(0, id), 1, rack, List.of(kafka), false);
    }
}
