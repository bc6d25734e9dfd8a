package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionsTest {
    private static final ApiVersionsRequestData REQUEST =
            new ApiVersionsRequestData().setClientSoftwareName("test").setClientSoftwareVersion("1");

    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        client = door.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everyVersionTellsWhatIsServed(int version) throws IOException {
        ApiVersionsResponseData response = client.call(REQUEST, version, ApiVersionsResponseData.class);

        assertThat(response.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(response.apiKeys().find(ApiKeys.FETCH.id).maxVersion()).isEqualTo((short) 18);
    }

    @Test
    void produceIsAdvertisedFromZeroSoThatLibrdkafkaCompresses() throws IOException {
        ApiVersion produce =
                client.call(REQUEST, 3, ApiVersionsResponseData.class).apiKeys().find(ApiKeys.PRODUCE.id);

        assertThat(produce.minVersion()).isEqualTo((short) 0);
    }

    @Test
    void noVersionIsAdvertisedThatKafkaItselfDoesNotHave() throws IOException {
        for (ApiVersion api :
                client.call(REQUEST, 3, ApiVersionsResponseData.class).apiKeys()) {
            assertThat(api.maxVersion())
                    .isLessThanOrEqualTo(ApiKeys.forId(api.apiKey()).latestVersion(false));
        }
    }

    @Test
    void aVersionThatIsNotKnownIsAnsweredInVersionZeroWithTheVersionsThatAre() throws IOException {
        ByteBuffer future = ByteBuffer.allocate(18)
                .putInt(14)
                .putShort(ApiKeys.API_VERSIONS.id)
                .putShort((short) 99)
                .putInt(7)
                .putShort((short) -1)
                .putInt(0x01020304) // whatever that version has here
                .flip();

        client.sendRaw(future);

        ByteBuffer frame = client.receiveFrame();
        assertThat(frame.getInt()).isEqualTo(7);
        ApiVersionsResponseData response = new ApiVersionsResponseData(new ByteBufferAccessor(frame), (short) 0);
        assertThat(response.errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
        assertThat(response.apiKeys().find(ApiKeys.API_VERSIONS.id).maxVersion())
                .isEqualTo((short) 5);
    }

    @Test
    void aClientThatMeansThisClusterIsWelcomeWhicheverBrokerItMeans() throws IOException {
        ApiVersionsRequestData request = REQUEST.duplicate()
                .setClusterId(door.view().image().clusterId())
                .setNodeId(4711);

        assertThat(client.call(request, 5, ApiVersionsResponseData.class).errorCode())
                .isEqualTo(Errors.NONE.code());
    }

    @Test
    void aClientThatMeansAnotherClusterIsToldToLookAgain() throws IOException {
        ApiVersionsRequestData request =
                REQUEST.duplicate().setClusterId("another").setNodeId(0);

        assertThat(client.call(request, 5, ApiVersionsResponseData.class).errorCode())
                .isEqualTo(Errors.REBOOTSTRAP_REQUIRED.code());
    }

    @Test
    void noFeatureIsFinalizedThatWouldSteerClientsToWhatIsNotServed() throws IOException {
        ApiVersionsResponseData response = client.call(REQUEST, 4, ApiVersionsResponseData.class);

        assertThat(response.finalizedFeatures()).isEmpty();
        assertThat(response.supportedFeatures()).isEmpty();
    }
}
