package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogDumpTest {
    private static final long TIME = 1_517_363_399_650L;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void batchesAreShownWithWhatTheirHeadersSay() throws IOException {
        CommandRun run = CommandRun.of("log", "dump", write(twoBatches()));

        assertThat(run.exitCode()).isZero();
        assertThat(run.text().lines().map(String::strip))
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("POSITION"),
                        first -> assertThat(first)
                                .startsWith("0 ")
                                .matches(".* 0 +1 +2 none +7 2018-01-31T01:49:59\\.651Z ok +-"),
                        second -> assertThat(second).contains(" zstd ").contains(" 2            3 "));
    }

    @Test
    void recordsAreShownWhenAskedFor() throws IOException {
        String file = write(twoBatches());

        assertThat(CommandRun.of("log", "dump", "--deep", file).text())
                .contains("0 2018-01-31T01:49:59.650Z  key null  value \"{\"mag\":1}\"  headers 1")
                .contains("3 2018-01-31T01:49:59.651Z  key \"k\"  value null");
        assertThat(CommandRun.of("log", "dump", "--deep", file, "-o", "json").text())
                .contains("\"compression\":\"zstd\"", "\"value\":{\"type\":\"JSON\",\"data\":{\"mag\":1}}");
        assertThat(CommandRun.of("log", "dump", file, "-o", "yaml").text()).startsWith("---\nposition: 0\n");
    }

    @Test
    void aFlippedBitIsFoundWhereItIs() throws IOException {
        byte[] bytes = twoBatches();
        bytes[bytes.length - 1] ^= 1;

        CommandRun run = CommandRun.of("log", "dump", write(bytes));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains(" BAD ");
        assertThat(run.errors()).contains("is damaged at byte " + batch(0, Compression.NONE).length + ": ", "CRC-32C");
    }

    @Test
    void aCutOffEndIsFoundWhereItBegins() throws IOException {
        byte[] bytes = twoBatches();
        int first = batch(0, Compression.NONE).length;

        for (int length : new int[] {first + 1, first + 60, first + 61, bytes.length - 1}) {
            CommandRun run = CommandRun.of("log", "dump", write(Arrays.copyOf(bytes, length)));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.text()).hasLineCount(2);
            assertThat(run.errors()).contains("is damaged at byte " + first + ": ", "a broker cuts");
        }
    }

    @Test
    void offsetsThatGoBackAreDamage() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(batch(5, Compression.NONE));
        bytes.writeBytes(batch(6, Compression.NONE));

        CommandRun run = CommandRun.of("log", "dump", write(bytes.toByteArray()));

        assertThat(run.errors()).contains("The batch begins with offset 6, but offset 6 came before.");
    }

    @Test
    void anythingElseIsNoLog() throws IOException {
        CommandRun run =
                CommandRun.of("log", "dump", write("{\"a\":1}\n".repeat(100).getBytes(UTF_8)));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("is damaged at byte 0: ");
    }

    @Test
    void anEmptyLogIsFineAndAMissingOneIsNot() throws IOException {
        assertThat(CommandRun.of("log", "dump", write(new byte[0])).exitCode()).isZero();
        assertThat(CommandRun.of("log", "dump", directory.resolve("none").toString())
                        .exitCode())
                .isEqualTo(1);
    }

    private String write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("00000000000000000000.log"), bytes).toString();
    }

    private static byte[] twoBatches() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(batch(0, Compression.NONE));
        bytes.writeBytes(batch(2, Compression.ZSTD));
        return bytes.toByteArray();
    }

    private static byte[] batch(long baseOffset, Compression codec) {
        BatchBuilder builder = new BatchBuilder(codec, 1 << 16);
        builder.append(TIME, null, text("{\"mag\":1}"), List.of(new RecordHeader("src", text("usgs ".repeat(100)))));
        builder.append(TIME + 1, text("k"), null, List.of());
        ByteBuffer built = builder.build();
        RecordBatch.at(built).assign(baseOffset, 7);
        byte[] bytes = new byte[built.remaining()];
        built.get(bytes);
        return bytes;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
