package io.millrace.broker.log.bench;

import java.io.IOException;
import java.util.Objects;
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

/** Microseconds for one group commit: some batches appended, then one sync of the log. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SyncBenchmark {
    private static final int BATCH_BYTES = 1024;

    /** Batches of 1 KiB that share one sync. */
    @Param({"1", "8", "64", "1024"})
    public int batches;

    private @Nullable BenchLog log;

    @Setup(Level.Trial)
    public void open() throws IOException {
        log = new BenchLog(BATCH_BYTES);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        Objects.requireNonNull(log).close();
    }

    @Benchmark
    public long commit() throws IOException {
        BenchLog target = Objects.requireNonNull(log);
        for (int i = 0; i < batches; i++) {
            target.append();
        }
        target.sync();
        target.retain();
        return target.log().durableEndOffset();
    }
}
