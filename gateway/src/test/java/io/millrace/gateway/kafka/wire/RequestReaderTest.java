package io.millrace.gateway.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.internals.ImplicitLinkedHashCollection;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a thousandth of a small heap is; an honest parser needs far less for so few bytes. */
    private static final long ALLOCATED_MAX = 256 << 10;

    /** A large frame may cost what its fields may, and no more. */
    private static final long ALLOCATED_MAX_FOR_LARGE = 128L << 20;

    @Test
    void noCountTakesMemoryForWhatIsNotThere() {
        List<byte[]> bombs = List.of(
                filled(64, 0x7f),
                filled(64, 0xff),
                pattern(64, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff),
                pattern(64, 0xff, 0xff, 0xff, 0xff, 0x07),
                pattern(64, 2, 0xff, 0xff, 0xff, 0xff, 0x07),
                pattern(64, 0, 0, 2, 0xff, 0xff, 0xff, 0xff, 0x07),
                pattern(64, 1, 1, 0xff, 0xff, 0xff, 0xff, 0x07));
        for (ApiMessageType type : ApiMessageType.values()) {
            if (!type.listeners().contains(ListenerType.BROKER)) {
                continue;
            }
            for (short version = type.lowestSupportedVersion();
                    version <= type.highestSupportedVersion(false);
                    version++) {
                for (byte[] bomb : bombs) {
                    long allocated = allocatedBy(bomb, type.apiKey(), version);
                    assertThat(allocated).as("%s %s", type, version).isLessThan(ALLOCATED_MAX);
                }
            }
        }
    }

    @Test
    void manyTinyElementsOfALargeFrameAreRefusedBeforeTheyFillTheHeap() {
        // Ten million topics without a name, partitions or tagged fields: three bytes each.
        byte[] topics = new byte[30 << 20];
        Arrays.fill(topics, (byte) 1);
        ByteBuffer.wrap(topics).put((byte) 0).putShort((short) 1).putInt(1).putInt(0xa0c0e204);

        assertThat(allocatedBy(topics, ApiKeys.METADATA.id, (short) 9)).isLessThan(ALLOCATED_MAX_FOR_LARGE);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ProduceRequest.read(ByteBuffer.wrap(topics), (short) 9))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining("more than 1000000");
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED_MAX_FOR_LARGE);
    }

    @Test
    void whatIsKeptByKeysIsKnownToBe() {
        for (ApiMessageType type : ApiMessageType.values()) {
            boolean keyed = type.listeners().contains(ListenerType.BROKER)
                    && type != ApiMessageType.PRODUCE // read by hand
                    && Arrays.stream(type.newRequest().getClass().getDeclaredClasses())
                            .anyMatch(ImplicitLinkedHashCollection.class::isAssignableFrom);

            assertThat(RequestReader.KEYED.contains(ApiKeys.forId(type.apiKey())))
                    .as(type.name)
                    .isEqualTo(keyed);
        }
    }

    @Test
    void whatIsTooLongIsToldToWhoeverReads() {
        RequestHead head = new RequestHead(ApiKeys.METADATA.id, (short) 1, 1, null);

        assertThatThrownBy(() -> RequestReader.read(ByteBuffer.wrap(new byte[] {0x7f, -1, -1, -1}), head))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessage("a malformed request of API 3 in version 1");
    }

    private static long allocatedBy(byte[] body, short apiKey, short version) {
        RequestHead head = new RequestHead(apiKey, version, 1, null);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            RequestReader.read(ByteBuffer.wrap(body), head);
        } catch (MalformedRequestException asItShould) {
            // some of these happen to be legal
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] pattern(int size, int... values) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) values[i % values.length];
        }
        return bytes;
    }
}
