package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.network.NetworkOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the connection that sent it may end, and nobody else notices. */
class MalformedInputTest {
    private static final int HEADER_BYTES = 10;

    private TestDoor door;
    private FrameClient bystander;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        bystander = door.connect();
    }

    @AfterEach
    void theBystanderIsServedAsBefore() throws IOException {
        bystander.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);
        bystander.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
        assertThat(door.server().bytesInFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 20) + 1})
    void anImpossibleLengthEndsTheConnectionBeforeMemoryIsTaken(int length) throws IOException {
        try (FrameClient client = door.connect()) {
            client.sendRaw(ByteBuffer.allocate(8).putInt(length).putInt(0).flip());

            assertThat(client.isEnded()).isTrue();
        }
        assertThat(door.hangups()).containsExactly("a request with an impossible length");
    }

    @Test
    void anApiThatNobodyKnowsEndsTheConnection() throws IOException {
        try (FrameClient client = door.connect()) {
            client.sendRaw(frame((short) 9_999, (short) 0, new byte[0]));

            assertThat(client.isEnded()).isTrue();
        }
        assertThat(door.hangups()).containsExactly("a request of the unknown API 9999");
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2, 99, -1})
    void aVersionOfProduceThatIsNotServedEndsTheConnection(short version) throws IOException {
        try (FrameClient client = door.connect()) {
            client.sendRaw(frame(ApiKeys.PRODUCE.id, version, new byte[16]));

            assertThat(client.isEnded()).isTrue();
        }
        assertThat(door.hangups())
                .containsExactly("a request of PRODUCE in version " + version + ", which is not served");
    }

    @Test
    void aFrameWithoutAHeaderEndsTheConnection() throws IOException {
        try (FrameClient client = door.connect()) {
            client.sendRaw(ByteBuffer.allocate(7).putInt(3).put(new byte[3]).flip());

            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aClientThatGoesInTheMiddleOfARequestLeavesNothingBehind() throws IOException {
        try (FrameClient client = door.connect()) {
            client.sendRaw(ByteBuffer.allocate(1_004)
                    .putInt(500_000)
                    .put(new byte[1_000])
                    .flip());
        }
        // the check after each test sees that its memory has come back
        await(() -> door.server().connections() == 1);
    }

    /** Counts of arrays, strings and tagged fields larger than what is there (the allocation bombs of CVE-2026-111115). */
    @Test
    void noCountIsBelievedWithoutTheBytesForIt() throws IOException {
        List<byte[]> bombs = List.of(
                new byte[] {0x7f, -1, -1, -1, 0x7f, -1, -1, -1, 0x7f, -1, -1, -1, 0x7f, -1, -1, -1},
                new byte[] {-1, -1, -1, -1, 0x07, -1, -1, -1, -1, 0x07, -1, -1, -1, -1, 0x07, -1},
                new byte[] {0, 0, 0, 1, 0x7f, -1, -1, -1, 0, 0, 0, 1, 0x7f, -1, -1, -1},
                new byte[] {0, -1, -1, -1, -1, 0x07, -1, -1, -1, -1, 0x07, 0, 0, 0, 0, 0});
        for (short[] api : servedVersions()) {
            for (byte[] bomb : bombs) {
                try (FrameClient client = door.connect()) {
                    client.sendRaw(frame(api[0], api[1], bomb));
                    client.sendRaw(frame((short) 9_999, (short) 0, new byte[0])); // ends it, if the bomb did not
                    drain(client);
                }
            }
        }
    }

    @Test
    void garbageEndsItsOwnConnectionOnly() throws IOException {
        Random random = new Random(20261129);
        for (short[] api : servedVersions()) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            try (FrameClient client = door.connect()) {
                client.sendRaw(frame(api[0], api[1], body));
                client.sendRaw(frame((short) 9_999, (short) 0, new byte[0]));
                drain(client);
            }
        }
    }

    @Test
    void aRequestThatDoesNotEndIsNotWaitedForForEver() throws IOException {
        try (TestDoor impatient = TestDoor.open(withFrameTime(Duration.ofMillis(100)));
                FrameClient client = impatient.connect()) {
            client.sendRaw(ByteBuffer.allocate(5).putInt(100).put((byte) 0).flip());

            assertThat(client.isEnded()).isTrue();
            assertThat(impatient.hangups()).containsExactly("a request that does not end");
        }
    }

    @Test
    void manyThatBeganARequestDoNotKeepAGoodClientFromBeingServed() throws IOException {
        List<FrameClient> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            FrameClient client = door.connect();
            client.sendRaw(ByteBuffer.allocate(5).putInt(1 << 20).put((byte) 0).flip());
            slow.add(client);
        }

        assertThat(bystander
                        .call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class)
                        .apiKeys())
                .isNotEmpty();

        for (FrameClient client : slow) {
            client.close();
        }
        await(() -> door.server().connections() == 1);
    }

    private static NetworkOptions withFrameTime(Duration time) {
        var all = TestDoor.OPTIONS;
        return new NetworkOptions(
                all.loops(),
                all.frameBytesMax(),
                all.bytesInFlightMax(),
                all.requestsInFlightMax(),
                all.connectionsMax(),
                all.idleMax(),
                time,
                all.heldBytesMax(),
                all.heldBytesOfAllMax(),
                all.recordsInMemory());
    }

    private List<short[]> servedVersions() throws IOException {
        List<short[]> all = new ArrayList<>();
        bystander
                .call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class)
                .apiKeys()
                .forEach(api -> {
                    for (short version = api.minVersion(); version <= api.maxVersion(); version++) {
                        all.add(new short[] {api.apiKey(), version});
                    }
                });
        return all;
    }

    /** A frame with a proper header. */
    private static ByteBuffer frame(short api, short version, byte[] body) {
        boolean flexible = ApiKeys.hasId(api)
                && version >= 0
                && version <= ApiKeys.forId(api).latestVersion()
                && version >= ApiKeys.forId(api).oldestVersion()
                && ApiMessageType.fromApiKey(api).requestHeaderVersion(version) >= 2;
        int size = HEADER_BYTES + (flexible ? 1 : 0) + body.length;
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(size)
                .putShort(api)
                .putShort(version)
                .putInt(1)
                .putShort((short) -1);
        if (flexible) {
            frame.put((byte) 0);
        }
        return frame.put(body).flip();
    }

    private static void drain(FrameClient client) throws IOException {
        try {
            while (true) {
                client.receiveFrame();
            }
        } catch (EOFException | SocketException ended) {
            // as it should be
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It does not happen");
            }
            Thread.onSpinWait();
        }
    }
}
