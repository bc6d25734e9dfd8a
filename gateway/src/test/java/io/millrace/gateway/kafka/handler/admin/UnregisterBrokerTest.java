package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnregisterBrokerTest {
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
    void aBrokerThatIsUnknownCannotBeForgotten() throws IOException {
        assertThat(unregister(17).errorCode()).isEqualTo(Errors.BROKER_ID_NOT_REGISTERED.code());
    }

    @Test
    void aBrokerThatLivesIsNotForgottenAndTheReasonIsTold() throws IOException {
        UnregisterBrokerResponseData refused = unregister(0);

        assertThat(refused.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(refused.errorMessage()).contains("alive");
        assertThat(door.view().image().brokers()).containsKey(0);
    }

    private UnregisterBrokerResponseData unregister(int id) throws IOException {
        return client.call(new UnregisterBrokerRequestData().setBrokerId(id), 0, UnregisterBrokerResponseData.class);
    }
}
