package io.millrace.core.records.bench;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchProblem;
import io.millrace.core.records.Compression;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Nanoseconds per record (one thread) in batches of {@value #RECORDS} records. Values are JSON events, so that codecs
 * find what they find in practice. From the root of the project:
 *
 * <pre>./millrace jmh core 'RecordBatch -p compression=NONE,ZSTD'</pre>
 *
 * On a machine that others use too, {@code -bm sample} and its p0.50 tell more than the average.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RecordBatchBenchmark.RECORDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBatchBenchmark {
    static final int RECORDS = 500;
    private static final int MAX_BYTES = 8 << 20;

    /** How the batch is compressed. */
    @Param
    public Compression compression = Compression.NONE;

    /** Bytes of a value; the key has 8. */
    @Param({"100", "1024"})
    public int valueBytes;

    private final ByteBuffer[] keys = new ByteBuffer[RECORDS];
    private final ByteBuffer[] values = new ByteBuffer[RECORDS];
    private ByteBuffer batch = ByteBuffer.allocate(0);

    /** Makes the same records for each run. */
    @Setup(Level.Trial)
    public void makeRecords() {
        Random random = new Random(1);
        for (int i = 0; i < RECORDS; i++) {
            keys[i] = utf8(String.format("k%07d", random.nextInt(1_000_000)));
            StringBuilder json = new StringBuilder();
            while (json.length() < valueBytes) {
                json.append("{\"order\":")
                        .append(random.nextInt(1_000_000))
                        .append(",\"total\":")
                        .append(random.nextInt(10_000))
                        .append(".99,\"currency\":\"EUR\",\"at\":\"2026-11-22T10:")
                        .append(10 + random.nextInt(50))
                        .append(":00Z\"}");
            }
            values[i] = utf8(json.substring(0, valueBytes));
        }
        batch = encode();
    }

    /** Builds a batch: append each record, compress, CRC. */
    @Benchmark
    public ByteBuffer encode() {
        BatchBuilder builder = new BatchBuilder(compression, MAX_BYTES);
        for (int i = 0; i < RECORDS; i++) {
            if (!builder.append(1_700_000_000_000L + i, keys[i], values[i], List.of())) {
                throw new IllegalStateException("does not fit");
            }
        }
        return builder.build();
    }

    /** Reads every record of a batch: decompress, make a record of each. */
    @Benchmark
    public void decode(Blackhole blackhole) {
        for (LogRecord each : RecordBatch.at(batch).records()) {
            blackhole.consume(each);
        }
    }

    /** What a broker does with every append: header, counts, CRC. */
    @Benchmark
    public Optional<BatchProblem> check() {
        return BatchCheck.check(batch, MAX_BYTES);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
