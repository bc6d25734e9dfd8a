package io.millrace.gateway.kafka.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.junit.jupiter.api.Test;

class ThrottleTimeTest {
    @Test
    void responsesThatHaveTheFieldTellTheTime() {
        MetadataResponseData metadata = new MetadataResponseData();
        FetchResponseData fetch = new FetchResponseData();

        ThrottleTime.set(metadata, 7);
        ThrottleTime.set(fetch, 8);

        assertThat(metadata.throttleTimeMs()).isEqualTo(7);
        assertThat(fetch.throttleTimeMs()).isEqualTo(8);
    }

    @Test
    void othersStayAsTheyAre() {
        SaslHandshakeResponseData response = new SaslHandshakeResponseData();

        ThrottleTime.set(response, 7);

        assertThat(response).isEqualTo(new SaslHandshakeResponseData());
    }
}
