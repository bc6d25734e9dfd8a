package io.millrace.rpc.broker;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the hop to a broker costs: batches of several sizes, a few requests under way at a time, to a broker that keeps
 * nothing; asked directly, over the loopback within one process, and in another process. Processor time is that of both
 * processes. The hop does not look into batches, so the records in them only divide the figures.
 */
final class HopBenchmark {
    private static final int UNDER_WAY = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int[] BATCH_BYTES = {16 << 10, 128 << 10, 1 << 20};
    private static final double NANOS_PER_SECOND = 1e9;

    private HopBenchmark() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(
                "way            op      batch KiB   MB/s   us/request   CPU s per 1M records of 1 KiB, of 100 B");
        for (int batchBytes : BATCH_BYTES) {
            DiscardingBroker direct = new DiscardingBroker(batchBytes);
            measureBoth("direct", direct, batchBytes, HopBenchmark::ownCpuNanos);
            try (ServedBroker served = new ServedBroker(direct);
                    Clients clients = new Clients()) {
                measureBoth("one process", clients.to(served.port()), batchBytes, HopBenchmark::ownCpuNanos);
            }
            try (BrokerProcessHandle process = new BrokerProcessHandle("-XX:+UseParallelGC");
                    Clients clients = new Clients()) {
                process.discardAndAnswer(batchBytes);
                measureBoth(
                        "two processes",
                        clients.to(process.port()),
                        batchBytes,
                        () -> ownCpuNanos() + process.cpuTime().toNanos());
            }
        }
    }

    private static void measureBoth(String way, BrokerApi broker, int batchBytes, LongSupplier cpuNanos)
            throws InterruptedException {
        AppendRequest append = new AppendRequest(
                List.of(new AppendRequest.Part(
                        Asking.ORDERS, AppendRequest.ANY_EPOCH, ByteBuffer.allocate(batchBytes))),
                Acks.ALL,
                TIMEOUT);
        FetchRequest fetch = new FetchRequest(
                List.of(new FetchRequest.Part(Asking.ORDERS, AppendRequest.ANY_EPOCH, 0, batchBytes)),
                1,
                batchBytes,
                TIMEOUT,
                IsolationLevel.READ_UNCOMMITTED);
        measure(way, "append", batchBytes, cpuNanos, broker, api -> api.append(append));
        measure(way, "fetch", batchBytes, cpuNanos, broker, api -> api.fetch(fetch));
    }

    private static <T> void measure(
            String way,
            String operation,
            int batchBytes,
            LongSupplier cpuNanos,
            BrokerApi broker,
            Function<BrokerApi, CompletableFuture<List<Outcome<T>>>> ask)
            throws InterruptedException {
        run(WARM_UP, broker, ask);
        long cpuBefore = cpuNanos.getAsLong();
        long start = System.nanoTime();
        long requests = run(MEASURED, broker, ask);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        double cpu = (cpuNanos.getAsLong() - cpuBefore) / NANOS_PER_SECOND;
        double megabytes = (double) requests * batchBytes / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-14s %-7s %9d %9.0f %9.1f %12.3f %12.3f%n",
                way,
                operation,
                batchBytes >> 10,
                megabytes / seconds,
                seconds * 1e6 / requests,
                cpu / requests / (batchBytes / 1024.0) * 1e6,
                cpu / requests / (batchBytes / 100.0) * 1e6);
    }

    /** Keeps so many requests under way for that time; returns how many were answered. */
    private static <T> long run(
            Duration time, BrokerApi broker, Function<BrokerApi, CompletableFuture<List<Outcome<T>>>> ask)
            throws InterruptedException {
        Semaphore free = new Semaphore(UNDER_WAY);
        AtomicLong refused = new AtomicLong();
        long requests = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            free.acquire();
            requests++;
            var _ = ask.apply(broker).whenComplete((outcomes, failure) -> {
                if (outcomes == null || outcomes.getFirst() instanceof Outcome.Refused) {
                    refused.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(UNDER_WAY);
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " of " + requests + " requests were refused");
        }
        return requests;
    }

    private static long ownCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
