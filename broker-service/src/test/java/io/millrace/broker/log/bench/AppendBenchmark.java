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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds for one batch to the page cache, on one thread, rolls and retention included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AppendBenchmark {
    private static final int BATCHES = 64;

    /** Bytes of a batch. */
    @Param({"1024", "65536"})
    public int batchBytes;

    private @Nullable BenchLog log;

    @Setup(Level.Trial)
    public void open() throws IOException {
        log = new BenchLog(batchBytes);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        opened().close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public long append() throws IOException {
        BenchLog target = opened();
        for (int i = 0; i < BATCHES; i++) {
            target.append();
        }
        target.retain();
        return target.log().logEndOffset();
    }

    private BenchLog opened() {
        return Objects.requireNonNull(log);
    }
}
