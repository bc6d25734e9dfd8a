package io.millrace.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final Cursor CURSOR = new Cursor(List.of(
            new Position(new TopicPartition("orders", 3), 1_234_567_890_123L, 7),
            new Position(new TopicPartition("payments.eu", 0), 0, Position.NO_EPOCH),
            new Position(new TopicPartition("orders", 0), Long.MAX_VALUE, Integer.MAX_VALUE)));

    @Test
    void textBringsBackEveryPositionInOrder() {
        assertThat(Cursor.decode(CURSOR.encode())).isEqualTo(Outcome.done(CURSOR));
    }

    @Test
    void textIsSafeInUrlsAndHeaders() {
        assertThat(CURSOR.encode()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void textIsShort() {
        assertThat(new Cursor(List.of(new Position(new TopicPartition("orders", 0), 1_000_000, 3))).encode())
                .hasSizeLessThanOrEqualTo(28);
    }

    @Test
    void thousandsOfPositionsFit() {
        Cursor large = new Cursor(IntStream.range(0, 6_000)
                .mapToObj(i -> new Position(new TopicPartition("orders", i), 1_000_000L + i, 1))
                .toList());

        assertThat(Cursor.decode(large.encode())).isEqualTo(Outcome.done(large));
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String text = CURSOR.encode();
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            String mutilated = text.substring(0, at) + other + text.substring(at + 1);
            // The last character has bits that no byte uses.
            if (!Cursor.decode(mutilated).equals(Outcome.done(CURSOR))) {
                assertRefused(mutilated);
            }
        }
    }

    @Test
    void everyCutIsNoticed() {
        String text = CURSOR.encode();
        for (int length = 0; length < text.length(); length++) {
            assertRefused(text.substring(0, length));
        }
    }

    @Test
    void anyBytesUnderARightSumAreReadOrRefusedButNeverThrow() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] body = new byte[random.nextInt(24) + 1];
            random.nextBytes(body);
            body[0] = 1;
            assertThat(Cursor.decode(withSum(body))).isNotNull();
        }
    }

    @Test
    void hugeCountsAreRefusedBeforeAnythingIsAllocated() {
        assertRefused(withSum(new byte[] {1, -1, -1, -1, -1, 7, 1, 'a'}));
    }

    @Test
    void anotherVersionIsRefused() {
        assertRefused(withSum(new byte[] {2, 0, 0}));
    }

    @Test
    void textThatIsTooLongIsRefused() {
        assertRefused("A".repeat(CursorText.LENGTH_MAX + 1));
    }

    @Test
    void aPartitionHasOnePosition() {
        List<Position> twice = new ArrayList<>(CURSOR.positions());
        twice.add(CURSOR.positions().getFirst());

        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(twice));
    }

    private static void assertRefused(String text) {
        assertThat(Cursor.decode(text))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
    }

    private static String withSum(byte[] body) {
        var crc = new CRC32C();
        crc.update(body);
        byte[] bytes = ByteBuffer.allocate(body.length + 4)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
