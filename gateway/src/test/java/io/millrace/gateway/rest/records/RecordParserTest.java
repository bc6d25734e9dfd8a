package io.millrace.gateway.rest.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.rest.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"STRING\",\"data\":\"o-1\"}|STRING|o-1",
                "{\"type\":\"BINARY\",\"data\":\"YWI=\"}|BINARY|ab",
                "{ \"data\" : [1, 2] , \"type\" : \"JSON\" }|JSON|[1,2]",
                "{\"type\":\"JSON\",\"data\":\"text\"}|JSON|\"text\"",
                "\"o-1\"|STRING|o-1",
                "\"\\u00e9\"|STRING|é",
                "12345678901234567890123|JSON|12345678901234567890123",
                "1.50e+300 |JSON|1.50e+300",
                "-0.10|JSON|-0.10",
                "true|JSON|true",
                "[ 1 , {\"a b\" : \" \\\" \" } ]|JSON|[1,{\"a b\":\" \\\" \"}]",
                "{\"type\":\"click\",\"data\":5}|JSON|{\"type\":\"click\",\"data\":5}",
                "{\"type\":\"STRING\",\"data\":\"a\",\"more\":1}|JSON|{\"type\":\"STRING\",\"data\":\"a\",\"more\":1}",
                "{\"escape\":\"\\u00e9\\/\\ud800\"}|JSON|{\"escape\":\"\\u00e9\\/\\ud800\"}",
            })
    void aValueIsStoredAsItWasSaid(String json, DataType type, String stored) {
        TypedData value = parse("{\"value\":" + json + "}").value();

        assertThat(value).isNotNull();
        assertThat(value.type()).isEqualTo(type);
        assertThat(text(value.bytes())).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"type\":\"STRING\",\"data\":null}", "{\"type\":\"BINARY\",\"data\":null}"})
    void nullIsATombstone(String json) {
        ParsedRecord record = parse("{\"key\":\"a\",\"value\":" + json + "}");

        assertThat(record.record().value()).isNull();
    }

    @Test
    void everythingElseOfARecordIsRead() {
        ParsedRecord record = parse("""
                {"partition_id": 3, "timestamp": "2026-11-22T10:00:00.123Z", "key": "k", "value": 1,
                 "headers": [{"name": "a", "value": "YQ=="}, {"name": "b", "text": "é"}, {"name": "a", "value": null}]}
                """);

        assertThat(record.record().partition()).hasValue(3);
        assertThat(record.record().timestampMillis()).hasValue(1_795_341_600_123L);
        assertThat(record.record().headers())
                .containsExactly(
                        new RecordHeader("a", utf8("a")),
                        new RecordHeader("b", utf8("é")),
                        new RecordHeader("a", null));
    }

    @Test
    void aTimestampMayBeMilliseconds() {
        assertThat(parse("{\"value\":1,\"timestamp\":17}").record().timestampMillis())
                .hasValue(17);
    }

    @Test
    void anEntryOfABatchHasAnId() {
        assertThat(RecordParser.parseEntry(bytes("{\"id\":\"a-1\",\"value\":1}"))
                        .id())
                .isEqualTo("a-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"vale\":1}",
                "{\"id\":\"1\",\"value\":1}",
                "{\"value\":tru}",
                "{\"value\":01}",
                "{\"value\":\"\\ud800\"}",
                "{\"value\":{\"type\":\"BINARY\",\"data\":\"not base64!\"}}",
                "{\"value\":{\"type\":\"BINARY\",\"data\":12}}",
                "{\"value\":{\"type\":\"STRING\",\"data\":12}}",
                "{\"value\":{\"type\":\"AVRO\",\"data\":{}}}",
                "{\"value\":{\"type\":\"AVRO\",\"schema_id\":1,\"data\":{}}}",
                "{\"value\":1,\"partition_id\":-1}",
                "{\"value\":1,\"partition_id\":1.5}",
                "{\"value\":1,\"partition_id\":99999999999}",
                "{\"value\":1,\"partition_id\":\"1\"}",
                "{\"value\":1,\"timestamp\":-5}",
                "{\"value\":1,\"timestamp\":\"yesterday\"}",
                "{\"value\":1,\"headers\":{}}",
                "{\"value\":1,\"headers\":[1]}",
                "{\"value\":1,\"headers\":[{\"value\":\"YQ==\"}]}",
                "{\"value\":1,\"headers\":[{\"name\":\"a\",\"value\":\"YQ==\",\"text\":\"a\"}]}",
                "{\"value\":1,\"headers\":[{\"name\":\"a\",\"value\":\"%\"}]}",
                "{\"value\":1,\"headers\":[{\"name\":null}]}",
                "{\"value\":1]",
            })
    void whatIsNoRecordIsRefusedWithWords(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().kind().status()).isEqualTo(422));
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> parse("{\"value\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isInstanceOf(ProblemException.class);
    }

    private static ParsedRecord parse(String json) {
        return RecordParser.parse(bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(bytes(text));
    }

    private static String text(@Nullable ByteBuffer buffer) {
        return buffer == null
                ? ""
                : StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }
}
