package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Who does more than he may is told so, and is not heard for a while (KIP-13, KIP-124, KIP-219, KIP-612). */
class QuotaTest extends AtTheDoor {
    private static final QuotaEntity EVERY_CLIENT_ID = QuotaEntity.ofClientId(QuotaName.Default.NAME);
    private static final long NANOS_PER_MILLI = 1_000_000;

    QuotaTest() {
        super(1);
    }

    @Test
    void whoProducesWithinTheQuotaIsNotThrottled() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 10_000);

        assertThat(produce(client, 5_000).throttleTimeMs()).isZero();
        assertThat(door.throttled()).isEmpty();
    }

    @Test
    void whoProducesMoreIsToldHowLongToWaitAndIsNotHeardBefore() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 10_000);
        long begun = System.nanoTime();

        ProduceResponseData answer = produce(client, 13_000);
        client.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);

        assertThat(answer.throttleTimeMs()).isBetween(300, 350);
        assertThat((System.nanoTime() - begun) / NANOS_PER_MILLI).isGreaterThanOrEqualTo(answer.throttleTimeMs());
        assertThat(door.throttled()).containsExactly(Map.entry(QuotaKind.PRODUCER_BYTE_RATE, answer.throttleTimeMs()));
    }

    @Test
    void aRequestThatHasBegunIsServedNevertheless() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 1_000);
        ByteBuffer produce = FrameClient.frame(Records.produce(topic, 11_000, -1), Records.PRODUCE_VERSION, 1);
        ByteBuffer next = FrameClient.frame(new ApiVersionsRequestData(), 0, 2);
        ByteBuffer begun =
                ByteBuffer.allocate(produce.remaining() + 6).put(produce).put(next.slice(0, 6));
        long start = System.nanoTime();
        client.sendRaw(begun.flip());
        ProduceResponseData answer =
                client.receive(1, ApiKeys.PRODUCE.id, Records.PRODUCE_VERSION, ProduceResponseData.class);

        client.sendRaw(next.position(6));
        client.receive(2, ApiKeys.API_VERSIONS.id, 0, ApiVersionsResponseData.class);

        assertThat((System.nanoTime() - start) / NANOS_PER_MILLI).isLessThan(answer.throttleTimeMs());
    }

    @Test
    void whoWantsNoAnswerIsNotHeardEither() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 10_000);
        long begun = System.nanoTime();

        client.send(Records.produce(topic, 13_000, 0), Records.PRODUCE_VERSION);
        client.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class); // read before the other was served
        client.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);

        assertThat((System.nanoTime() - begun) / NANOS_PER_MILLI).isGreaterThanOrEqualTo(300);
    }

    @Test
    void whoHasWaitedGoesOn() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 10_000);
        produce(client, 10_200);

        door.pass(Duration.ofMillis(1_100));

        assertThat(produce(client, 5_000).throttleTimeMs()).isZero();
    }

    @Test
    void connectionsOfOneClientIdShareItsQuotaAndAnotherClientIdIsUnharmed() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 10_000);
        try (FrameClient same = door.connect();
                FrameClient other = door.connectAs("other")) {
            produce(client, 9_000);

            assertThat(produce(same, 4_000).throttleTimeMs()).isPositive();
            assertThat(produce(other, 4_000).throttleTimeMs()).isZero();
        }
    }

    @Test
    void aFetchBeyondTheQuotaIsAnsweredWithoutRecordsAndDoneLater() throws IOException {
        fill(8);
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.CONSUMER_BYTE_RATE, 5_000);
        assertThat(Records.bytesOf(fetch(4_500))).isPositive();

        FetchResponseData throttled = fetch(4_500);

        assertThat(throttled.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(throttled.throttleTimeMs()).isPositive();
        assertThat(throttled.responses()).isEmpty();
        door.pass(Duration.ofMillis(throttled.throttleTimeMs()));
        assertThat(Records.bytesOf(fetch(4_500))).isPositive();
    }

    @Test
    void aSessionGoesOnWhenAFetchOfItIsThrottled() throws IOException {
        fill(8);
        FetchRequestData full = Records.fetch(topic, 0, 4_500).setSessionEpoch(0);
        int session = client.call(full, Records.FETCH_VERSION, FetchResponseData.class)
                .sessionId();
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.CONSUMER_BYTE_RATE, 5_000);
        try (FrameClient other = door.connect()) {
            other.call(Records.fetch(topic, 0, 4_500), Records.FETCH_VERSION, FetchResponseData.class);
        }

        FetchResponseData throttled = fetchOf(session, 1);
        door.pass(Duration.ofMillis(throttled.throttleTimeMs()));
        FetchResponseData after = fetchOf(session, 2);

        assertThat(throttled.throttleTimeMs()).isPositive();
        assertThat(throttled.sessionId()).isEqualTo(session);
        assertThat(Records.bytesOf(after)).isPositive();
    }

    @Test
    void noSessionBeginsWithAFetchThatIsThrottled() throws IOException {
        fill(8);
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.CONSUMER_BYTE_RATE, 5_000);
        fetch(4_500);
        FetchRequestData full = Records.fetch(topic, 0, 4_500).setSessionEpoch(0);

        FetchResponseData throttled = client.call(full, Records.FETCH_VERSION, FetchResponseData.class);

        assertThat(throttled.throttleTimeMs()).isPositive();
        assertThat(throttled.sessionId()).isZero();
    }

    @Test
    void aFetchIsNoLargerThanWhatTheQuotaLetsPassAtOnce() throws IOException {
        fill(8);
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.CONSUMER_BYTE_RATE, 2_500);

        FetchResponseData answer = fetch(100_000);

        assertThat(answer.throttleTimeMs()).isZero();
        assertThat(Records.bytesOf(answer)).isBetween(1_000, 2_500);
    }

    @Test
    void aBatchThatIsLargerThanThatIsReadAllTheSame() throws IOException {
        produce(client, 50_000);
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.CONSUMER_BYTE_RATE, 2_500);

        assertThat(Records.bytesOf(fetch(100_000))).isGreaterThan(50_000);
    }

    @Test
    void whoTakesTooMuchTimeOfThreadsWaitsForASampleAtMost() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.REQUEST_PERCENTAGE, 0.000_1);

        int throttled = 0;
        for (int i = 0; i < 50 && throttled == 0; i++) {
            throttled = client.call(new ApiVersionsRequestData(), 4, ApiVersionsResponseData.class)
                    .throttleTimeMs();
        }

        assertThat(throttled).isEqualTo((int) TestDoor.WINDOW.sample().toMillis());
    }

    @Test
    void anAddressThatConnectsTooOftenIsHeldAndClosed() throws IOException {
        client.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class); // so that it is taken by now
        door.setQuota(QuotaEntity.ofIp(QuotaName.Default.NAME), QuotaKind.CONNECTION_CREATION_RATE, 1);

        try (FrameClient first = door.connect();
                FrameClient second = door.connect()) {
            first.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);

            assertThat(second.isEnded()).isTrue();
        }
        assertThat(door.server().connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void aQuotaThatIsGoneThrottlesNobody() throws IOException {
        door.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 1_000);
        door.resetQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE);

        assertThat(produce(client, 13_000).throttleTimeMs()).isZero();
    }

    @Test
    void noMuteIsLongerThanTheSilenceThatEndsAConnectionAndNoneEndsIt() throws IOException {
        try (TestDoor impatient = TestDoor.open(TestDoor.with(TestDoor.OPTIONS, Duration.ofMillis(1_100)));
                FrameClient muted = impatient.connect()) {
            impatient.setQuota(EVERY_CLIENT_ID, QuotaKind.PRODUCER_BYTE_RATE, 100);

            muted.call(
                    Records.produce(impatient.newTopic(1), 1_000_000, 1),
                    Records.PRODUCE_VERSION,
                    ProduceResponseData.class);

            muted.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);
            assertThat(impatient.hangups()).isEmpty();
        }
    }

    private ProduceResponseData produce(FrameClient by, int bytes) throws IOException {
        return by.call(Records.produce(topic, bytes, -1), Records.PRODUCE_VERSION, ProduceResponseData.class);
    }

    private void fill(int records) throws IOException {
        for (int i = 0; i < records; i++) {
            produce(client, 1_000);
        }
    }

    private FetchResponseData fetch(int bytesMax) throws IOException {
        return client.call(Records.fetch(topic, 0, bytesMax), Records.FETCH_VERSION, FetchResponseData.class);
    }

    private FetchResponseData fetchOf(int session, int epoch) throws IOException {
        FetchRequestData request = new FetchRequestData()
                .setSessionId(session)
                .setSessionEpoch(epoch)
                .setTopics(List.of());
        return client.call(request, Records.FETCH_VERSION, FetchResponseData.class);
    }
}
