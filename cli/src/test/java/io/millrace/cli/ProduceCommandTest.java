package io.millrace.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.cli.gateway.FakeGateway;
import io.millrace.cli.session.Io.Terminal;
import io.millrace.v1.Record;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ProduceCommandTest {
    private final FakeGateway gateway = new FakeGateway();

    @BeforeEach
    void createTopic() {
        gateway.log().create("quakes", 1);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun produce(byte[] input, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "produce";
        all[1] = "quakes";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.against(gateway, input, all);
    }

    private CommandRun produce(String input, String... arguments) {
        return produce(input.getBytes(UTF_8), arguments);
    }

    private List<Record> stored() {
        return gateway.log().records("quakes");
    }

    @Test
    void everyLineIsAValueEvenAnEmptyOneAndOneWithoutAnEnd() {
        CommandRun run = produce("{\"mag\": 0.310}\r\n\nlast");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).startsWith("3 records, 19 bytes, in ").contains(" to quakes (");
        assertThat(run.output().isEmpty()).isTrue();
        assertThat(stored())
                .extracting(record -> record.getValue().toStringUtf8())
                .containsExactly("{\"mag\": 0.310}\r", "", "last");
        assertThat(stored()).noneMatch(Record::hasKey);
    }

    @Test
    void valuesKeepTheirBytesWhateverTheyAre() {
        byte[] noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        for (int at = 0; at < noise.length; at++) {
            noise[at] = noise[at] == '\n' ? 0 : noise[at];
        }

        produce(noise);

        assertThat(stored()).hasSize(1);
        assertThat(stored().get(0).getValue().toByteArray()).isEqualTo(noise);
    }

    @Test
    void aFormatSplitsKeyHeadersAndValue() {
        produce("k1\ta=1,b=x=y,c\tv\t1\nk2\t\tv2\n", "-f", "%k\\t%h\\t%v\\n");

        Record first = stored().get(0);
        assertThat(first.getKey().toStringUtf8()).isEqualTo("k1");
        assertThat(first.getValue().toStringUtf8()).isEqualTo("v\t1");
        assertThat(first.getHeadersList())
                .extracting(header -> header.getKey()
                        + (header.hasValue() ? "=" + header.getValue().toStringUtf8() : ""))
                .containsExactly("a=1", "b=x=y", "c");
        assertThat(stored().get(1).getHeadersList()).isEmpty();
    }

    @Test
    void lengthsCarryAnyBytesAndNull() {
        byte[] input = "2 3\nk\na\nb-1 0\n".getBytes(ISO_8859_1);

        CommandRun run = produce(input, "-f", "%K %S\\n%k%v");

        assertThat(run.errors()).startsWith("2 records");
        assertThat(stored().get(0).getKey().toStringUtf8()).isEqualTo("k\n");
        assertThat(stored().get(0).getValue().toStringUtf8()).isEqualTo("a\nb");
        assertThat(stored().get(1).hasKey()).isFalse();
        assertThat(stored().get(1).hasValue()).isTrue();
    }

    @Test
    void partitionTimestampAndHeadersComeFromInputOrOptions() {
        gateway.log().create("quakes", 4);

        produce("3 1517363399650 x\n", "-f", "%p %T %v\\n", "-H", "src=usgs", "-p", "1");

        Record record = stored().get(0);
        assertThat(record.getPartition()).isEqualTo(3);
        assertThat(record.getTimestamp().getSeconds()).isEqualTo(1_517_363_399L);
        assertThat(record.getHeaders(0).getKey()).isEqualTo("src");
    }

    @Test
    void theKeyIsAFieldOfTheValue() {
        produce(
                "{\"a\":[1,{\"net\":\"uw\"}],\"n\":1.50}\n{\"n\":null,\"a\":[0,{\"x\":[],\"net\":7.10}]}\n",
                "--key-field",
                "/a/1/net");
        produce("{\"p\":{\"net\":\"ci\"}}", "--key-field", "p.net");
        produce("{\"n\":null}", "--key-field", "n");

        assertThat(stored())
                .extracting(record -> record.getKey().toStringUtf8())
                .containsExactly("uw", "7.10", "ci", "");
        assertThat(stored().get(3).hasKey()).isFalse();
    }

    @Test
    void aValueWithoutTheKeyFieldFailsWithItsLineAfterStoringWhatCameBefore() {
        CommandRun run = produce("{\"id\":1}\n{\"id\":2}\n{\"no\":3}\n{\"id\":4}\n", "--key-field", "id");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .startsWith("millrace: The value in line 3 has no field id; ")
                .endsWith(" 2 records were acknowledged, the last from line 2.\n");
        assertThat(stored()).hasSize(2);
    }

    @Test
    void aLineThatDoesNotFitTheFormatIsNamed() {
        CommandRun run = produce("a:1\nb2\nc:3\n", "-f", "%k:%v\\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).startsWith("millrace: Line 2 has no \":\" behind its key; ");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aRefusedRecordIsNamedByItsLineAndTheOthersAreCounted() {
        String large = "x".repeat(1_100_000);

        CommandRun run = produce("a\nb\n" + large + "\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .startsWith("millrace: The record in line 3 was not stored: The record has 1100000 bytes; ")
                .contains(" 2 records were acknowledged, the last from line 2.")
                .hasLineCount(1);
    }

    @Test
    void aRecordLargerThanABatchMayBeIsNotSent() {
        CommandRun run = produce("a\n" + "x".repeat(FakeGateway.MAX_BATCH_BYTES) + "\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .startsWith("millrace: The record in line 2 has ")
                .contains("1 record was acknowledged");
    }

    @Test
    void manyBatchesAreOnTheWayButNeverMoreThanTheCredit() {
        StringBuilder input = new StringBuilder();
        for (int line = 0; line < 30_000; line++) {
            input.append("value ").append(line).append('\n');
        }

        CommandRun run = produce(input.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(stored()).hasSize(30_000);
        assertThat(stored().get(29_999).getValue().toStringUtf8()).isEqualTo("value 29999");
        assertThat(gateway.producer().mostOnTheWay()).isEqualTo(3);
    }

    @Test
    void aStreamThatBreaksSaysHowMuchWasAcknowledged() {
        gateway.producer().breakStreamsAfter(3);

        CommandRun run = produce("x\n".repeat(50_000));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.errors())
                .startsWith("millrace: The gateway is shutting down. ")
                .endsWith(" 6,000 records were acknowledged, the last from line 6000.\n")
                .hasLineCount(1);
    }

    @Test
    void anUnknownTopicIsNotFound() {
        CommandRun run = CommandRun.against(gateway, "produce", "nowhere");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors())
                .startsWith("millrace: There is no topic nowhere. ")
                .hasLineCount(1);
    }

    @Test
    void theResultIsDataWhenAskedFor() {
        CommandRun run = produce("a\nb\n", "-o", "json");

        assertThat(run.errors()).isEmpty();
        assertThat(run.text()).contains("\"topic\" : \"quakes\"", "\"records\" : 2", "\"bytes\" : 2");
    }

    @Test
    void aFileIsLoadedWithABarOnlyAtATerminal(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("quakes.ndjson"), "{\"a\":1}\n".repeat(5_000));

        CommandRun quiet = produce("", "--file", file.toString());
        CommandRun shown = CommandRun.with(
                InputStream.nullInputStream(),
                new Terminal(false, true),
                CommandRun.onServer(gateway, "produce", "quakes", "--file", file.toString()));

        assertThat(quiet.errors()).startsWith("5,000 records").hasLineCount(1);
        assertThat(shown.errors()).contains("quakes.ndjson", "100%", "5,000 records");
        assertThat(stored())
                .hasSize(10_000)
                .allMatch(record -> record.getValue().equals(ByteString.copyFromUtf8("{\"a\":1}")));
    }
}
