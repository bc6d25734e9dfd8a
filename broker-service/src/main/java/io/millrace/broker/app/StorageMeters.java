package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the logs do on disk: syncs, commit rounds, openings and recoveries. */
final class StorageMeters {
    private final Timer syncs;
    private final Timer rounds;
    private final DistributionSummary roundPartitions;
    private final DistributionSummary roundBytes;
    private final DistributionSummary roundAppends;
    private final Counter recovered;
    private final Counter scannedBytes;
    private final Counter cutBytes;
    private final Counter stops;
    private final AtomicInteger unopened = new AtomicInteger();

    StorageMeters(MeterRegistry registry) {
        syncs = timer(registry, "millrace.log.fsync", "Time to make what was written to one partition durable");
        rounds =
                timer(registry, "millrace.log.group.commit", "Time of a commit round, from its first sync to its last");
        roundPartitions = summary(registry, "partitions", "Partitions in a commit round");
        roundBytes = summary(registry, "bytes", "Bytes that a commit round made durable");
        roundAppends = summary(registry, "appends", "Batches that a commit round made durable");
        recovered = counter(registry, "recovered.partitions", "Logs opened that had not been closed in order");
        scannedBytes = counter(registry, "recovery.scanned.bytes", "Bytes whose checksums a recovery has checked");
        cutBytes = counter(registry, "recovery.cut.bytes", "Bytes that a recovery has cut off: no whole batches");
        stops = counter(registry, "stopped.partitions", "Partitions that a bug or an unreadable file has stopped");
        Gauge.builder("millrace.log.unopened.partitions", unopened::get)
                .description("Logs that are still to be opened since the start")
                .register(registry);
    }

    void synced(Duration took) {
        syncs.record(took);
    }

    void committed(int partitions, long bytes, int appends, Duration took) {
        rounds.record(took);
        roundPartitions.record(partitions);
        roundBytes.record((double) bytes);
        roundAppends.record(appends);
    }

    void recovered(long scanned, long cut) {
        recovered.increment();
        scannedBytes.increment((double) scanned);
        cutBytes.increment((double) cut);
    }

    void stopped() {
        stops.increment();
    }

    void opening(int opened, int asked) {
        unopened.set(asked - opened);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    private static DistributionSummary summary(MeterRegistry registry, String name, String description) {
        return DistributionSummary.builder("millrace.log.group.commit." + name)
                .description(description)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("millrace.log." + name).description(description).register(registry);
    }
}
