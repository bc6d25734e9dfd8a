package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.gateway.kafka.handler.FrameApi;
import java.io.IOException;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A field that a version of a response does not have must not be set: it would be found out by the first client that asks. */
class EveryVersionTest {
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

    @Test
    void everyServedVersionOfEveryApiAnswersARequestAboutWhatIsThere() {
        askEverything(WellFormedRequests.about(door.newTopic(2), door.view()));
    }

    @Test
    void everyServedVersionOfEveryApiAnswersARequestAboutWhatIsNotThere() {
        askEverything(WellFormedRequests.about("kafka-nowhere", door.view()));
    }

    private void askEverything(WellFormedRequests requests) {
        for (FrameApi.Versions served : door.served()) {
            for (short version = served.from(); version <= served.to(); version++) {
                ApiMessage request = requests.of(served.api(), version);
                short asked = version;
                assertThatCode(() -> client.call(request, asked, responseOf(request)))
                        .as("%s in version %d", served.api(), version)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static Class<? extends ApiMessage> responseOf(ApiMessage request) {
        return ApiMessageType.fromApiKey(request.apiKey()).newResponse().getClass();
    }
}
