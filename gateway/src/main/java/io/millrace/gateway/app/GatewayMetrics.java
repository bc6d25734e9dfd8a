package io.millrace.gateway.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.produce.ProduceObserver;
import io.millrace.gateway.read.ReadObserver;

/** What the gateway counts. Safe for any thread. */
final class GatewayMetrics implements ProduceObserver, ReadObserver {
    private final Counter recordsIn;
    private final Counter recordsRefused;
    private final Counter recordsOut;
    private final Counter recordsScanned;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter produceRetries;
    private final Counter readRetries;
    private final DistributionSummary batchRecords;

    GatewayMetrics(MeterRegistry registry) {
        recordsIn = counter(registry, "records.in", "Records appended");
        recordsRefused = counter(registry, "records.refused", "Records refused, here or by a broker");
        recordsOut = counter(registry, "records.out", "Records read for clients");
        recordsScanned =
                counter(registry, "records.scanned", "Records looked at, those that a filter dropped included");
        bytesIn = Counter.builder("millrace.gateway.bytes.in")
                .description("Batches appended, as they are stored")
                .register(registry);
        bytesOut = Counter.builder("millrace.gateway.bytes.out")
                .description("Keys, values and headers read for clients")
                .register(registry);
        produceRetries = retries(registry, "produce");
        readRetries = retries(registry, "read");
        batchRecords = DistributionSummary.builder("millrace.gateway.batch.records")
                .description("Records gathered into one batch; the count is that of the batches")
                .register(registry);
    }

    @Override
    public void batchAppended(int records, int batchBytes) {
        recordsIn.increment(records);
        bytesIn.increment(batchBytes);
        batchRecords.record(records);
    }

    @Override
    public void batchRetried() {
        produceRetries.increment();
    }

    @Override
    public void fetchRetried() {
        readRetries.increment();
    }

    @Override
    public void recordsRefused(int records) {
        recordsRefused.increment(records);
    }

    @Override
    public void pageRead(int records, long bytes, long scanned) {
        recordsOut.increment(records);
        bytesOut.increment((double) bytes);
        recordsScanned.increment((double) scanned);
    }

    private static Counter retries(MeterRegistry registry, String operation) {
        return Counter.builder("millrace.gateway.retries")
                .description("Questions to brokers asked again, because a leader was missing or had moved")
                .tag("operation", operation)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("millrace.gateway." + name)
                .description(description)
                .register(registry);
    }
}
