package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchBuilderTest {
    private static final int LARGE = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void whatGoesInComesOut(Compression compression) {
        // Given
        BatchBuilder builder = new BatchBuilder(compression, LARGE);
        List<RecordHeader> headers = List.of(new RecordHeader("größe", utf8("1")), new RecordHeader("none", null));
        for (int i = 0; i < 100; i++) {
            assertThat(builder.append(1_000 + i, utf8("key"), utf8("value " + i), headers))
                    .isTrue();
        }

        // When
        ByteBuffer bytes = builder.build();

        // Then
        assertThat(BatchCheck.check(bytes, LARGE)).isEmpty();
        RecordBatch batch = RecordBatch.at(bytes);
        batch.assign(500, 7);
        assertThat(batch.compression()).isEqualTo(compression);
        assertThat(batch.records()).hasSize(100);
        assertThat(batch.records()).last().isEqualTo(new LogRecord(599, 1_099, utf8("key"), utf8("value 99"), headers));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
