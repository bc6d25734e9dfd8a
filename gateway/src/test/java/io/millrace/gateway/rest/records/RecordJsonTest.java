package io.millrace.gateway.rest.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.model.TimestampType;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.read.ReadRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
    private static final byte[] NOT_UTF8 = {(byte) 0xFF, 0, 1};

    @Test
    void aRecordIsTheObjectThatEveryDoorShows() {
        LogRecord record = new LogRecord(
                42,
                1_795_341_600_000L,
                utf8("o-1"),
                utf8("{\"total\": 12}"),
                List.of(
                        new RecordHeader("src", utf8("shop")),
                        new RecordHeader("raw", ByteBuffer.wrap(NOT_UTF8)),
                        new RecordHeader("none", null)));

        assertThat(json(record, ValueFormat.AUTO))
                .isEqualTo("{\"topic\":\"orders\",\"partition\":1,\"offset\":42,"
                        + "\"timestamp\":\"2026-11-22T10:00:00.000Z\",\"timestamp_type\":\"create\",\"leader_epoch\":3,"
                        + "\"key\":{\"type\":\"STRING\",\"data\":\"o-1\"},"
                        + "\"value\":{\"type\":\"JSON\",\"data\":{\"total\":12}},"
                        + "\"headers\":[{\"name\":\"src\",\"text\":\"shop\"},{\"name\":\"raw\",\"value\":\"/wAB\"},"
                        + "{\"name\":\"none\",\"value\":null}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "12345678901234567890.1200|{\"type\":\"JSON\",\"data\":12345678901234567890.1200}",
                "[1,\"\\u00e9\"]|{\"type\":\"JSON\",\"data\":[1,\"\\u00e9\"]}",
                "nul|{\"type\":\"STRING\",\"data\":\"nul\"}",
                "{\"a\":1} x|{\"type\":\"STRING\",\"data\":\"{\\\"a\\\":1} x\"}",
                "12a|{\"type\":\"STRING\",\"data\":\"12a\"}",
            })
    void aValueShowsWhatItIs(String value, String shown) {
        assertThat(json(value(utf8(value)), ValueFormat.AUTO)).contains("\"value\":" + shown);
    }

    @Test
    void bytesThatAreNoTextAreBase64() {
        assertThat(json(value(ByteBuffer.wrap(NOT_UTF8)), ValueFormat.AUTO))
                .contains("\"value\":{\"type\":\"BINARY\",\"data\":\"/wAB\"}");
    }

    @Test
    void emptyIsAnEmptyTextAndNullIsNull() {
        assertThat(json(value(utf8("")), ValueFormat.AUTO)).contains("\"value\":{\"type\":\"STRING\",\"data\":\"\"}");
        assertThat(json(value(null), ValueFormat.AUTO)).contains("\"value\":null");
    }

    @Test
    void aFormatMayBeForced() {
        assertThat(json(value(utf8("1")), ValueFormat.STRING)).contains("{\"type\":\"STRING\",\"data\":\"1\"}");
        assertThat(json(value(utf8("1")), ValueFormat.BINARY)).contains("{\"type\":\"BINARY\",\"data\":\"MQ==\"}");
        assertThat(json(value(ByteBuffer.wrap(NOT_UTF8)), ValueFormat.STRING)).contains("\"BINARY\"");
    }

    @Test
    void aRecordIsOneLineWhateverItsValueLooksLike() {
        assertThat(json(value(utf8("{\r\n \"a\":\n1}")), ValueFormat.AUTO)).doesNotContain("\n", "\r");
        assertThat(json(value(utf8("two\nlines")), ValueFormat.AUTO)).doesNotContain("\n");
    }

    private static LogRecord value(@Nullable ByteBuffer value) {
        return new LogRecord(0, -1, null, value, List.of());
    }

    private static String json(LogRecord record, ValueFormat values) {
        ReadRecord read = new ReadRecord(new TopicPartition("orders", 1), 3, TimestampType.CREATE_TIME, record);
        return new String(new RecordJson(ValueFormat.AUTO, values).line(read), StandardCharsets.UTF_8);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
