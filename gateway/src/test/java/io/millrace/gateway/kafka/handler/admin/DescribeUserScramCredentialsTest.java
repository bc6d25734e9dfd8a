package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribeUserScramCredentialsTest {
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
    void nobodyHasCredentials() throws IOException {
        assertThat(describe(new DescribeUserScramCredentialsRequestData().setUsers(null)))
                .isEmpty();
    }

    @Test
    void aUserWhoIsNamedHasNone() throws IOException {
        List<DescribeUserScramCredentialsResult> results = describe(
                new DescribeUserScramCredentialsRequestData().setUsers(List.of(new UserName().setName("anna"))));

        assertThat(results).singleElement().satisfies(anna -> {
            assertThat(anna.user()).isEqualTo("anna");
            assertThat(anna.errorCode()).isEqualTo(Errors.RESOURCE_NOT_FOUND.code());
        });
    }

    private List<DescribeUserScramCredentialsResult> describe(DescribeUserScramCredentialsRequestData request)
            throws IOException {
        DescribeUserScramCredentialsResponseData response =
                client.call(request, 0, DescribeUserScramCredentialsResponseData.class);
        assertThat(response.errorCode()).isEqualTo(Errors.NONE.code());
        return response.results();
    }
}
