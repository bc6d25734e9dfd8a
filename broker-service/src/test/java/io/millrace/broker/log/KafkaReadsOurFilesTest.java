package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.tools.DumpLogSegments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's kafka-dump-log as the judge of the files. */
final class KafkaReadsOurFilesTest {
    @TempDir
    Path directory;

    @Test
    void dumpToolFindsEveryRecordOfEveryCodecAndNoFault() throws IOException {
        writeSegments(400);

        String dump = dump(".log", "--print-data-log", "--deep-iteration");

        for (Compression codec : Compression.values()) {
            assertThat(dump).contains("compresscodec: " + codec.name().toLowerCase(Locale.ROOT));
        }
        assertThat(dump.lines().filter(line -> line.contains("payload: "))).hasSize(1200);
        assertThat(dump).contains("isvalid: true").contains("payload: record 1199");
        assertSound(dump);
    }

    @Test
    void dumpToolAgreesWithTheOffsetIndexes() throws IOException {
        writeSegments(400);

        assertThat(dump(".index", "--index-sanity-check").lines().filter(line -> line.endsWith("passed sanity check.")))
                .hasSizeGreaterThan(2);
        String entries = dump(".index", "--verify-index-only");
        assertSound(entries);
    }

    @Test
    void dumpToolAgreesWithTheTimeIndexes() throws IOException {
        writeSegments(400);

        assertSound(dump(".timeindex", "--verify-index-only"));
        assertThat(dump(".timeindex", "--index-sanity-check")
                        .lines()
                        .filter(line -> line.endsWith("passed sanity check.")))
                .hasSizeGreaterThan(2);
    }

    private static void assertSound(String dump) {
        assertThat(dump)
                .doesNotContain("isvalid: false")
                .doesNotContain("Mismatches")
                .doesNotContain("Found ")
                .doesNotContain("Non-consecutive")
                .doesNotContain("Trailing")
                .doesNotContain("corrupt");
    }

    private void writeSegments(int batches) throws IOException {
        LogOptions options = new LogOptions(8000, Long.MAX_VALUE, 500, 1 << 20, -1, -1, 0);
        try (PartitionLog log =
                PartitionLog.open(new FileDisk(), directory.resolve("t-0"), options, LogObserver.NONE)) {
            for (int i = 0; i < batches; i++) {
                log.append(batch(log.logEndOffset(), Compression.forId(i % 5).orElseThrow()), 0);
            }
        }
    }

    private static RecordBatch batch(long base, Compression codec) {
        BatchBuilder builder = new BatchBuilder(codec, 1 << 20);
        for (long offset = base; offset < base + 3; offset++) {
            byte[] value = ("record " + offset + " in Dublin".repeat(20)).getBytes(StandardCharsets.UTF_8);
            builder.append(1_700_000_000_000L + offset * 7 % 1000 + offset, null, ByteBuffer.wrap(value), List.of());
        }
        RecordBatch batch = RecordBatch.at(builder.build());
        batch.assign(base, 0);
        return batch;
    }

    private String dump(String suffix, String... options) throws IOException {
        String files;
        try (Stream<Path> all = Files.list(directory.resolve("t-0"))) {
            files = String.join(
                    ",",
                    all.map(Path::toString)
                            .filter(name -> name.endsWith(suffix))
                            .sorted()
                            .toList());
        }
        String[] arguments =
                Stream.concat(Stream.of("--files", files), Stream.of(options)).toArray(String[]::new);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            DumpLogSegments.main(arguments);
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
