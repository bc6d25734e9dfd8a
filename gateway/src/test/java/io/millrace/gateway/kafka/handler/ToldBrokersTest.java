package io.millrace.gateway.kafka.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ToldBrokersTest {
    private static final BrokerAddresses ONE_FOR_ALL = behind("kafka.test:9092");
    private static final AdvertisedAddress GATEWAYS = AdvertisedAddress.parse("kafka.test:9092");
    private static final PartitionImage LED_BY_3 =
            new PartitionImage(new TopicId(new UUID(1, 1)), 0, List.of(3, 1), List.of(3, 1), 3, 0, 0);
    private static final PartitionImage LED_BY_NOBODY = new PartitionImage(
            new TopicId(new UUID(1, 1)), 1, List.of(3, 1), List.of(3, 1), PartitionImage.NO_LEADER, 0, 0);

    @Test
    void aClientThatKnowsThemByIdIsToldOfEveryBrokerThatIsNotFenced() {
        ToldBrokers told = new ToldBrokers(cluster(1), ONE_FOR_ALL, false);

        assertThat(told.list()).extracting(BrokerImage::brokerId).containsExactly(2, 3);
        assertThat(told.leaderOf(LED_BY_3)).isEqualTo(3);
    }

    @Test
    void aClientThatTakesAddressesForBrokersIsToldOfOneThatLeadsEverything() {
        ToldBrokers told = new ToldBrokers(cluster(2), ONE_FOR_ALL, true);

        assertThat(told.list()).extracting(BrokerImage::brokerId).containsExactly(1);
        assertThat(told.controller()).isEqualTo(1);
        assertThat(told.leaderOf(LED_BY_3)).isEqualTo(1);
        assertThat(told.leaderOf(LED_BY_NOBODY)).isEqualTo(PartitionImage.NO_LEADER);
    }

    @Test
    void whoStandsForAllStaysTheSameWhenThatBrokerIsFenced() {
        ToldBrokers told = new ToldBrokers(cluster(1), ONE_FOR_ALL, true);

        assertThat(told.list()).extracting(BrokerImage::brokerId).containsExactly(1);
        assertThat(told.leaderOf(LED_BY_3)).isEqualTo(1);
    }

    @Test
    void onlyKafkasOwnClientIsTrustedToTellBrokersOfOneAddressApart() {
        assertThat(knowsBrokersById("apache-kafka-java")).isTrue();
        assertThat(knowsBrokersById("librdkafka")).isFalse();
        assertThat(new ClientSoftware().knowsBrokersById()).isFalse();
    }

    @Test
    void brokersWithAddressesOfTheirOwnAreToldApartByEveryClient() {
        Collection<BrokerImage> brokers = cluster(1).brokers().values();

        assertThat(ONE_FOR_ALL.areShared(brokers)).isTrue();
        assertThat(behind("kafka.test:9092+{broker}").areShared(brokers)).isFalse();
        assertThat(behind("kafka-{broker}.test:9092").areShared(brokers)).isFalse();
    }

    @Test
    void aBrokerWhoseProcessHasAGatewayIsFoundThere() {
        Endpoint outside = new Endpoint(Endpoint.kafka("outside"), "node-3.test", 9_094);
        BrokerImage node =
                new BrokerImage(3, new UUID(0, 3), 1, null, List.of(new Endpoint("internal", "n", 1), outside), false);

        assertThat(new BrokerAddresses("outside", GATEWAYS).of(node)).isEqualTo(outside);
        assertThat(ONE_FOR_ALL.of(node).host()).isEqualTo("kafka.test");
        assertThat(ONE_FOR_ALL.own(node)).isEmpty();
    }

    private static boolean knowsBrokersById(String name) {
        ClientSoftware software = new ClientSoftware();
        software.introduced(name);
        return software.knowsBrokersById();
    }

    private static BrokerAddresses behind(String gateways) {
        return new BrokerAddresses("default", AdvertisedAddress.parse(gateways));
    }

    /** Of brokers 1, 2 and 3, of which one is fenced. */
    private static ClusterImage cluster(int fenced) {
        return ClusterImage.empty("cluster")
                .apply(new ClusterDelta(1, 1, List.of(broker(1, fenced), broker(2, fenced), broker(3, fenced))));
    }

    private static MetadataChange broker(int id, int fenced) {
        return new MetadataChange.Put(new BrokerImage(id, new UUID(0, id), 1, null, List.of(), id == fenced));
    }
}
