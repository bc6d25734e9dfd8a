package io.millrace.controller.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.controller.node.ControllerNode;
import io.millrace.controller.node.ControllerObserver;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a controller shows of itself, under Kafka's names where it has one. What it tells of the cluster is told by the
 * controller that decides only, and is 0 on the others, so that a sum over all of them is the cluster's.
 */
final class ControllerMeters implements LogObserver, ControllerObserver {
    private static final String KAFKA = "kafka.controller.kafkacontroller.";
    private static final String KAFKA_STATS = "kafka.controller.controllerstats.";
    private static final String MILLRACE = "millrace.controller.";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double[] QUANTILES = {0.5, 0.95, 0.99, 0.999};
    private static final Logger LOG = LoggerFactory.getLogger("io.millrace.controller");

    private final MeterRegistry registry;
    private final Timer writes;
    private final DistributionSummary changes;
    private final DistributionSummary electionTimes;
    private final Counter elections;
    private final Counter eligibleElections;
    private final Counter uncleanElections;
    private volatile long decisionNanos;

    ControllerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.writes = Timer.builder("millrace.controller.log.write")
                .description("Time that a write to the controller's log took")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        this.changes = DistributionSummary.builder("millrace.controller.log.changes")
                .description("Records that a write to the controller's log carried")
                .register(registry);
        this.electionTimes = DistributionSummary.builder(KAFKA_STATS + "leaderelectionrateandtimems")
                .description("Milliseconds that it took to write down a decision that gave partitions another leader")
                .publishPercentiles(QUANTILES)
                .percentilePrecision(2)
                .register(registry);
        this.elections = counter(MILLRACE + "leader.elections", "Partitions that got another leader");
        this.eligibleElections = counter(
                KAFKA_STATS + "electionfromeligibleleaderreplicas",
                "Partitions that got a leader that was eligible and not in sync");
        this.uncleanElections = counter(
                KAFKA_STATS + "uncleanleaderelections",
                "Partitions that got a leader that may lack acknowledged records");
    }

    @Override
    public void elected(int leaders, int eligible, int unclean) {
        electionTimes.record(decisionNanos / NANOS_PER_MILLI);
        elections.increment(leaders);
        eligibleElections.increment(eligible);
        uncleanElections.increment(unclean);
        if (unclean > 0) {
            LOG.warn("{} partitions got a leader that may lack acknowledged records", unclean);
        }
    }

    /** One decision is written after the other is applied, so what was added up is that of the elections told next. */
    @Override
    public void written(int part, int parts, int changed, long nanos) {
        decisionNanos = part == 1 ? nanos : decisionNanos + nanos;
        writes.record(Duration.ofNanos(nanos));
        changes.record(changed);
    }

    @Override
    public void decided(String command, boolean done) {
        Counter.builder("millrace.controller.decisions")
                .description("Commands answered by the controller that decides")
                .tag("command", command)
                .tag("outcome", done ? "done" : "refused")
                .register(registry)
                .increment();
    }

    void show(ControllerNode node) {
        gauge(
                "millrace.controller.epoch",
                "Epoch under which this process decides, -1 while it stands by",
                node::epoch);
        gauge(
                "millrace.controller.picture.version",
                "Version of the picture that this process has",
                () -> node.image().version());
        gauge(
                "millrace.controller.suspended",
                "1 while this process has lost ZooKeeper, decides nothing, and goes on serving its picture",
                () -> node.standing().suspended() ? 1 : 0);
        gauge(KAFKA + "activecontrollercount", "1 while this process decides", () -> decides(node) ? 1 : 0);
        PictureCounts.Latest latest = new PictureCounts.Latest(node::image);
        ofCluster(node, latest, KAFKA + "globaltopiccount", "Topics", PictureCounts::topics);
        ofCluster(node, latest, KAFKA + "globalpartitioncount", "Partitions", PictureCounts::partitions);
        ofCluster(
                node,
                latest,
                KAFKA + "offlinepartitionscount",
                "Partitions without a leader",
                PictureCounts::leaderless);
        ofCluster(
                node,
                latest,
                KAFKA + "preferredreplicaimbalancecount",
                "Partitions led by another broker than the first of their replicas",
                PictureCounts::imbalanced);
        ofCluster(
                node,
                latest,
                MILLRACE + "underreplicated.partitions",
                "Partitions with a replica that is not in sync, those being added left out",
                PictureCounts::underReplicated);
        ofCluster(
                node,
                latest,
                MILLRACE + "underminisr.partitions",
                "Partitions with fewer in-sync replicas than min.insync.replicas",
                PictureCounts::underMinInsync);
        ofCluster(
                node,
                latest,
                MILLRACE + "reassigning.partitions",
                "Partitions whose replicas are being changed",
                PictureCounts::reassigning);
        ofCluster(node, latest, KAFKA + "activebrokercount", "Brokers that may lead", PictureCounts::activeBrokers);
        ofCluster(
                node,
                latest,
                KAFKA + "fencedbrokercount",
                "Brokers that have registered and must not lead",
                PictureCounts::fencedBrokers);
    }

    private void ofCluster(
            ControllerNode node,
            PictureCounts.Latest latest,
            String name,
            String description,
            ToLongFunction<PictureCounts> count) {
        gauge(name, description, () -> decides(node) ? count.applyAsLong(latest.get()) : 0);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static boolean decides(ControllerNode node) {
        return node.epoch() >= 0;
    }

    private void gauge(String name, String description, LongReading value) {
        Gauge.builder(name, value::now).description(description).register(registry);
    }

    /** A value as it is now. */
    private interface LongReading {
        long now();
    }
}
