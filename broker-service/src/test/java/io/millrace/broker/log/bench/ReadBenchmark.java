package io.millrace.broker.log.bench;

import io.millrace.core.api.RecordsSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds for one read at a random offset of a log in the page cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReadBenchmark {
    private static final int SLICE_BYTES = 1 << 20;
    private static final long LOG_BYTES = 200L << 20;

    /** Bytes of a batch. */
    @Param({"1024", "65536"})
    public int batchBytes;

    private final Random random = new Random(1);
    private @Nullable BenchLog log;

    @Setup(Level.Trial)
    public void fill() throws IOException {
        BenchLog filled = new BenchLog(batchBytes);
        while (filled.log().sizeInBytes() < LOG_BYTES) {
            filled.append();
        }
        log = filled;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        Objects.requireNonNull(log).close();
    }

    /** Only finds the place and says how far it goes. */
    @Benchmark
    public RecordsSlice locate() throws IOException {
        return slice();
    }

    /** Reads 1 MiB into memory. */
    @Benchmark
    public ByteBuffer readMebibyte() throws IOException {
        return slice().read();
    }

    private RecordsSlice slice() throws IOException {
        BenchLog source = Objects.requireNonNull(log);
        long end = source.log().logEndOffset();
        return source.log().read(random.nextLong(end * 9 / 10), SLICE_BYTES, end);
    }
}
