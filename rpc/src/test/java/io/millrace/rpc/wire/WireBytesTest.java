package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireBytesTest {
    private static final BrokerAddressed TO = new BrokerAddressed("cluster-1", 7, 41);
    private static final int BATCH_BYTES = 100_000;

    private static AppendRequest appendOf(ByteBuffer... batches) {
        return new AppendRequest(
                List.of(batches).stream()
                        .map(batch -> new AppendRequest.Part(new TopicPartition("orders", 0), 3, batch))
                        .toList(),
                Acks.LEADER,
                Duration.ofSeconds(5));
    }

    @Test
    void batchesThatArriveAreWritableWindowsOnTheBytesThatCame() throws MalformedMessageException {
        byte[] arrived = AppendMessages.encode(TO, appendOf(filled((byte) 1), filled((byte) 2)))
                .toByteArray();

        AppendRequest request =
                AppendMessages.decode(WireBytes.parse(io.millrace.internal.v1.AppendRequest.parser(), arrived));

        ByteBuffer first = request.parts().get(0).batch();
        ByteBuffer second = request.parts().get(1).batch();
        assertThat(arrived).doesNotContain((byte) -99);
        first.put(0, (byte) -99).put(BATCH_BYTES - 1, (byte) -99);
        assertThat(arrived).contains((byte) -99);
        assertThat(second).isEqualTo(filled((byte) 2));
        assertThat(first.capacity()).isEqualTo(BATCH_BYTES);
        assertThat(request.acks()).isEqualTo(Acks.LEADER);
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(request.parts().get(1).expectedLeaderEpoch()).isEqualTo(3);
    }

    @Test
    void batchesThatLeaveAreNotCopied() {
        ByteBuffer batch = filled((byte) 1);
        io.millrace.internal.v1.AppendRequest message = AppendMessages.encode(TO, appendOf(batch));

        batch.put(0, (byte) 7);

        assertThat(message.getParts(0).getBatch().byteAt(0)).isEqualTo((byte) 7);
    }

    @Test
    void onlyWhatLiesBetweenPositionAndLimitLeaves() throws MalformedMessageException {
        ByteBuffer batch =
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}).position(1).limit(4);
        byte[] arrived = AppendMessages.encode(TO, appendOf(batch)).toByteArray();

        AppendRequest request =
                AppendMessages.decode(WireBytes.parse(io.millrace.internal.v1.AppendRequest.parser(), arrived));

        assertThat(request.parts().getFirst().batch()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3, 4}));
    }

    @Test
    void aStreamWhoseLengthIsNotKnownIsReadToItsEnd() throws IOException {
        byte[] bytes = filled((byte) 3).array();
        try (InputStream stream = WireBytes.MARSHALLER.stream(bytes)) {
            assertThat(WireBytes.MARSHALLER.parse(stream)).isEqualTo(bytes);
        }
    }

    @Test
    void aWaitOfCenturiesArrivesAsTheLongestThereIs() throws MalformedMessageException {
        AppendRequest request = new AppendRequest(List.of(), Acks.ALL, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(AppendMessages.decode(AppendMessages.encode(TO, request)).timeout())
                .isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    }

    @Test
    void aWaitBelowAMillisecondIsNotLost() throws MalformedMessageException {
        AppendRequest request = new AppendRequest(List.of(), Acks.ALL, Duration.ofNanos(1));

        assertThat(AppendMessages.decode(AppendMessages.encode(TO, request)).timeout())
                .isEqualTo(Duration.ofMillis(1));
    }

    private static ByteBuffer filled(byte with) {
        byte[] bytes = new byte[BATCH_BYTES];
        Arrays.fill(bytes, with);
        return ByteBuffer.wrap(bytes);
    }
}
