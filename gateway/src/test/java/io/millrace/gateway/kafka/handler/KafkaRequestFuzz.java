package io.millrace.gateway.kafka.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.core.fuzz.Bounds;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import io.millrace.gateway.kafka.WellFormedRequests;
import io.millrace.gateway.kafka.wire.MalformedRequestException;
import io.millrace.gateway.kafka.wire.ProduceRequest;
import io.millrace.gateway.kafka.wire.RequestHead;
import io.millrace.gateway.kafka.wire.RequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames of any kind at the Kafka door. Each is a request, or a MalformedRequestException, within bounds of memory and time: what a
 * frame makes the door allocate is a small multiple of what the frame has.
 */
final class KafkaRequestFuzz {
    /** Bytes that may be allocated for each byte of the frame: a field of one byte may become an object of fifty, in a list. */
    private static final int ALLOCATED_EACH = 256;

    /** Of the reader, and of lists before their elements have been read. */
    private static final long ALLOCATED_ALWAYS = 1 << 20;

    private static final List<FrameApi.Versions> SERVED = new ArrayList<>();

    /** A well-formed request of every served API in every version. */
    static Stream<byte[]> requests() {
        List<byte[]> seeds = new ArrayList<>();
        try (TestDoor door = TestDoor.open()) {
            WellFormedRequests requests = WellFormedRequests.about(door.newTopic(1), door.view());
            SERVED.addAll(door.served());
            for (FrameApi.Versions api : SERVED) {
                for (short version = api.from(); version <= api.to(); version++) {
                    ByteBuffer frame = FrameClient.frame(requests.of(api.api(), version), version, 1);
                    byte[] bytes = new byte[frame.remaining() - Integer.BYTES];
                    frame.get(Integer.BYTES, bytes);
                    seeds.add(bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds.stream();
    }

    @MethodSource("requests")
    @FuzzTest
    void anyFrameIsARequestOrMalformed(byte[] input) {
        if (input == null) {
            return;
        }
        Bounds.hold(
                ALLOCATED_ALWAYS + (long) ALLOCATED_EACH * input.length, () -> readOrRefuse(ByteBuffer.wrap(input)));
    }

    private static void readOrRefuse(ByteBuffer frame) {
        try {
            RequestHead head = RequestHead.read(frame);
            if (isServed(head)) {
                read(frame, head);
            }
        } catch (MalformedRequestException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void read(ByteBuffer frame, RequestHead head) {
        if (head.apiKey() == ApiKeys.PRODUCE.id) {
            for (ProduceRequest.Topic topic :
                    ProduceRequest.read(frame, head.version()).topics()) {
                for (ProduceRequest.Part part : topic.parts()) {
                    judge(part.batch(), head.version());
                }
            }
        } else {
            assertThat(RequestReader.read(frame, head).apiKey()).isEqualTo(head.apiKey());
        }
    }

    private static void judge(@Nullable ByteBuffer batch, short version) {
        if (batch != null) {
            BatchRules.Broken broken = BatchRules.brokenBy(batch, version);
            assertThat(broken == null || !broken.message().isBlank()).isTrue();
            var _ = BatchRules.isTransactional(batch);
        }
    }

    private static boolean isServed(RequestHead head) {
        for (FrameApi.Versions api : SERVED) {
            if (api.api().id == head.apiKey() && head.version() >= api.from() && head.version() <= api.to()) {
                return true;
            }
        }
        return false;
    }
}
