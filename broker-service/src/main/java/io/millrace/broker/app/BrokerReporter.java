package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.broker.node.BrokerObserver;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a broker does into meters, and what a person must know into log lines. */
final class BrokerReporter implements BrokerObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.millrace.broker");

    private final MeterRegistry registry;
    private final Map<String, TopicMeters> topics = new ConcurrentHashMap<>();
    private final Timer syncs;
    private final DistributionSummary commitPartitions;
    private final DistributionSummary commitBytes;
    private final DistributionSummary commitAppends;
    private final Timer appends;
    private final Timer fetches;
    private final Counter overloads;
    private final AtomicBoolean serving = new AtomicBoolean();

    BrokerReporter(MeterRegistry registry) {
        this.registry = registry;
        syncs = timer("millrace.log.fsync", "Time to make what was written to one partition durable");
        commitPartitions = summary("millrace.log.group.commit.partitions", "Partitions in a commit round");
        commitBytes = summary("millrace.log.group.commit.bytes", "Bytes that a commit round made durable");
        commitAppends = summary("millrace.log.group.commit.appends", "Batches that a commit round made durable");
        appends = timer("millrace.broker.append", "Time from an append request to its answer");
        fetches = timer("millrace.broker.fetch", "Time from a fetch request to its answer, waiting included");
        overloads = Counter.builder("millrace.broker.append.overloaded")
                .description("Append parts refused because too many bytes were in flight")
                .register(registry);
    }

    private record TopicMeters(Counter bytesIn, Counter recordsIn, Counter bytesOut) {}

    @Override
    public void appended(TopicPartition partition, int bytes, int records) {
        TopicMeters meters = metersOf(partition.topic());
        meters.bytesIn.increment(bytes);
        meters.recordsIn.increment(records);
    }

    @Override
    public void fetched(TopicPartition partition, int bytes) {
        metersOf(partition.topic()).bytesOut.increment(bytes);
    }

    @Override
    public void appendAnswered(Duration took) {
        appends.record(took);
    }

    @Override
    public void fetchAnswered(Duration took) {
        fetches.record(took);
    }

    @Override
    public void overloaded() {
        overloads.increment();
    }

    @Override
    public void synced(Duration took) {
        syncs.record(took);
    }

    @Override
    public void committed(int partitions, long bytes, int batches) {
        commitPartitions.record(partitions);
        commitBytes.record((double) bytes);
        commitAppends.record(batches);
    }

    @Override
    public void directoryFailed(Path directory, String reason) {
        LOG.error(
                "Log directory {} takes part in nothing any more until the broker is started again: {}",
                directory,
                reason);
    }

    @Override
    public void stopped(TopicPartition partition, Exception cause) {
        LOG.error("Partition {} takes part in nothing any more until the broker is started again", partition, cause);
    }

    @Override
    public void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {
        if (scannedBytes > 0 || cutBytes > 0) {
            LOG.info(
                    "Partition {} was recovered: {} bytes checked, {} bytes cut off",
                    partition,
                    scannedBytes,
                    cutBytes);
        }
    }

    @Override
    public void opening(int opened, int asked) {
        if (opened == asked || opened % 100 == 0) {
            LOG.info("{} of {} partitions are open", opened, asked);
        }
    }

    @Override
    public void unexplained(TopicPartition partition, Path directory) {
        LOG.warn("{} holds partition {} of a topic that the cluster does not know; it is kept", directory, partition);
    }

    @Override
    public void registered(String clusterId, long brokerEpoch) {
        LOG.info("Registered in cluster {} with broker epoch {}", clusterId, brokerEpoch);
    }

    @Override
    public void notTaken(Refusal why) {
        LOG.warn("The controller refused: {}", why.message());
    }

    @Override
    public void serving(boolean mayWrite) {
        if (serving.getAndSet(mayWrite) != mayWrite) {
            LOG.info(mayWrite ? "Taking writes" : "Taking no writes");
        }
    }

    private TopicMeters metersOf(String topic) {
        TopicMeters present = topics.get(topic);
        return present != null ? present : topics.computeIfAbsent(topic, this::newMeters);
    }

    private TopicMeters newMeters(String topic) {
        return new TopicMeters(
                counter("millrace.broker.bytes.in", "Bytes of batches appended", topic),
                counter("millrace.broker.records.in", "Records appended", topic),
                counter("millrace.broker.bytes.out", "Bytes of batches on their way to readers", topic));
    }

    private Counter counter(String name, String description, String topic) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(10_000))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }
}
