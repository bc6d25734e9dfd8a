package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.gateway.ThreeBrokers;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.junit.jupiter.api.Test;

/** Where clients are told that brokers 0 and 1 are, of three brokers of which one is fenced. */
class AddressesTest {
    private static final String KAFKAS_OWN = "apache-kafka-java";

    @Test
    void atOneAddressKafkasOwnClientFindsEveryBroker() throws IOException {
        assertThat(brokers("kafka.test:9092", KAFKAS_OWN)).containsExactly("0 kafka.test:9092", "1 kafka.test:9092");
    }

    @Test
    void atOneAddressEveryOtherClientFindsOneBroker() throws IOException {
        assertThat(brokers("kafka.test:9092", "librdkafka")).containsExactly("0 kafka.test:9092");
        assertThat(brokers("kafka.test:9092", "")).containsExactly("0 kafka.test:9092");
    }

    @Test
    void brokersWithPortsOfTheirOwnAreToldToAllClients() throws IOException {
        for (String client : List.of(KAFKAS_OWN, "librdkafka", "")) {
            assertThat(brokers("kafka.test:9100+{broker}", client))
                    .containsExactly("0 kafka.test:9100", "1 kafka.test:9101");
        }
    }

    @Test
    void brokersWithNamesOfTheirOwnAreToldToAllClients() throws IOException {
        for (String client : List.of(KAFKAS_OWN, "librdkafka", "")) {
            assertThat(brokers("kafka-{broker}.test:9092", client))
                    .containsExactly("0 kafka-0.test:9092", "1 kafka-1.test:9092");
        }
    }

    @Test
    void coordinatorsAndDescriptionsHaveTheSameAddressesAsMetadata() throws IOException {
        try (TestDoor door = open("kafka.test:9100+{broker}");
                FrameClient client = door.connect()) {
            DescribeClusterResponseData described =
                    client.call(new DescribeClusterRequestData(), 0, DescribeClusterResponseData.class);
            Coordinator coordinator = client.call(
                            new FindCoordinatorRequestData().setCoordinatorKeys(List.of("group")),
                            4,
                            FindCoordinatorResponseData.class)
                    .coordinators()
                    .getFirst();

            assertThat(described.brokers())
                    .extracting(broker -> broker.brokerId() + " " + broker.host() + ":" + broker.port())
                    .containsExactly("0 kafka.test:9100", "1 kafka.test:9101");
            assertThat(coordinator.port()).isEqualTo(9100 + coordinator.nodeId());
        }
    }

    private static List<String> brokers(String advertised, String software) throws IOException {
        try (TestDoor door = open(advertised);
                FrameClient client = door.connect()) {
            if (!software.isEmpty()) {
                client.call(
                        new ApiVersionsRequestData()
                                .setClientSoftwareName(software)
                                .setClientSoftwareVersion("1"),
                        3,
                        ApiVersionsResponseData.class);
            }
            return client
                    .call(new MetadataRequestData().setTopics(List.of()), 9, MetadataResponseData.class)
                    .brokers()
                    .stream()
                    .map(broker -> broker.nodeId() + " " + broker.host() + ":" + broker.port())
                    .toList();
        }
    }

    private static TestDoor open(String advertised) throws IOException {
        return TestDoor.open(new ThreeBrokers(ControllerStanding.UNKNOWN), new UnaskedBroker() {}, advertised);
    }
}
