package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.core.fuzz.Bounds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes of any kind as batches. They are read, or refused by InvalidBatchException, within bounds of memory and time; and what the deep
 * check finds nothing wrong with can be read.
 */
final class RecordBatchFuzz {
    private static final int LIMIT = 1 << 16;

    /** Bytes that may be allocated for each byte of the input and for each of the limit, and for tables of codecs. */
    private static final int ALLOCATED_EACH = 256;

    private static final long ALLOCATED_ALWAYS = 8 << 20;

    /** What the first byte of an input asks for, as nobody guesses a CRC. */
    private static final int WITH_RIGHT_SIZE = 1;

    private static final int WITH_RIGHT_CRC = 2;
    private static final int AS_FORMAT_2 = 4;

    /** Batches of each codec, alone and one behind the other. */
    static Stream<byte[]> batches() {
        List<byte[]> seeds = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            for (int records : new int[] {1, 3, 40}) {
                ByteBuffer batch = Samples.batchOf(
                        compression, new ProducerStamp(7, (short) 1, 5, false), Samples.random(records, records, 30));
                seeds.add(seed(WITH_RIGHT_CRC, batch));
                seeds.add(seed(WITH_RIGHT_CRC | WITH_RIGHT_SIZE | AS_FORMAT_2, batch));
                seeds.add(seed(0, batch, batch));
            }
        }
        return seeds.stream();
    }

    @MethodSource("batches")
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] input) {
        if (input == null || input.length == 0) {
            return;
        }
        Bounds.hold(
                ALLOCATED_ALWAYS + (long) ALLOCATED_EACH * (input.length + LIMIT),
                () -> readOrRefuse(prepared(input.clone())));
    }

    private static void readOrRefuse(ByteBuffer bytes) {
        Optional<BatchProblem> taken = BatchCheck.check(bytes, LIMIT);
        Optional<BatchProblem> deep = DeepCheck.check(bytes, LIMIT);
        if (taken.isEmpty() && deep.isEmpty()) {
            RecordBatch batch = RecordBatch.at(bytes);
            assertThat(batch.records(LIMIT)).hasSize(batch.lastOffsetDelta() + 1);
        }
        try {
            for (RecordBatch batch : RecordBatches.in(bytes)) {
                assertThat(batch.sizeInBytes()).isBetween(BatchHeader.SIZE, bytes.remaining());
                batch.crcHolds();
                batch.withoutRecords();
                readOrRefuse(batch);
            }
        } catch (InvalidBatchException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void readOrRefuse(RecordBatch batch) {
        int count = 0;
        long content = 0;
        try {
            for (LogRecord found : batch.records(LIMIT)) {
                assertThat(found.offset() - batch.baseOffset()).isBetween(0L, (long) batch.lastOffsetDelta());
                count++;
                content += sizeOf(found.key()) + sizeOf(found.value());
            }
            assertThat(count).isEqualTo(batch.recordCount());
            assertThat(content).isLessThanOrEqualTo(Math.max(LIMIT, batch.sizeInBytes()));
        } catch (InvalidBatchException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static long sizeOf(@Nullable ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }

    private static ByteBuffer prepared(byte[] input) {
        int wish = input[0];
        ByteBuffer bytes = ByteBuffer.wrap(input, 1, input.length - 1).slice();
        if (bytes.remaining() < BatchHeader.SIZE) {
            return bytes;
        }
        if ((wish & AS_FORMAT_2) != 0) {
            bytes.put(BatchHeader.MAGIC_BYTE, BatchHeader.MAGIC);
        }
        if ((wish & WITH_RIGHT_SIZE) != 0) {
            bytes.putInt(BatchHeader.LENGTH, bytes.remaining() - BatchHeader.SIZE_COUNTED_FROM);
        }
        if ((wish & WITH_RIGHT_CRC) != 0) {
            bytes.putInt(BatchHeader.CRC, RecordBatch.crcOf(bytes));
        }
        return bytes;
    }

    private static byte[] seed(int wish, ByteBuffer... batches) {
        int size = Stream.of(batches).mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer seed = ByteBuffer.allocate(1 + size).put((byte) wish);
        for (ByteBuffer batch : batches) {
            seed.put(batch.duplicate());
        }
        byte[] bytes = new byte[seed.capacity()];
        seed.get(0, bytes);
        return bytes;
    }
}
