package io.millrace.broker.app;

import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.node.BrokerObserver;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a broker does into meters, and what a person must know into log lines. */
final class BrokerReporter implements BrokerObserver {
    private static final Logger LOG = LoggerFactory.getLogger("io.millrace.broker");

    private final BrokerMeters meters;
    private final AtomicBoolean serving = new AtomicBoolean();

    BrokerReporter(BrokerMeters meters) {
        this.meters = meters;
    }

    @Override
    public void appended(TopicPartition partition, int bytes, int records) {
        TopicMeters.Series topic = meters.topics().of(partition.topic());
        topic.bytesIn.increment(bytes);
        topic.records.increment(records);
    }

    @Override
    public void inSyncSetChanged(TopicPartition partition, int lost, int gained) {
        meters.replication().inSyncSetChanged(lost, gained);
        LOG.debug("The in-sync set of partition {} has lost {} and gained {}", partition, lost, gained);
    }

    @Override
    public void inSyncChangeFailed(Refusal why) {
        meters.replication().inSyncChangeFailed();
        LOG.debug("The controller did not change an in-sync set: {}", why.message());
    }

    @Override
    public void replicated(TopicPartition partition, int bytes) {
        meters.replication().received(partition, bytes);
    }

    @Override
    public void sentToFollower(TopicPartition partition, int follower, int bytes) {
        meters.replication().sent(partition, follower, bytes);
    }

    @Override
    public void lags(TopicPartition partition, long records) {
        meters.replication().lags(partition, records);
    }

    @Override
    public void withdrawn(TopicPartition partition, String reason) {
        meters.replication().withdrawn();
        LOG.warn("The replica of partition {} here is withdrawn until it has caught up again: {}", partition, reason);
    }

    @Override
    public void badRecords(TopicPartition partition, String problem) {
        meters.replication().badRecords();
        LOG.warn("Records that the leader of partition {} sent are not taken: {}", partition, problem);
    }

    @Override
    public void cut(TopicPartition partition, long logEndBefore, long logEnd) {
        LOG.info(
                "The log of partition {} is cut from {} to {}, where it parted from its leader's",
                partition,
                logEndBefore,
                logEnd);
    }

    @Override
    public void cutBelowHighWatermark(TopicPartition partition, long highWatermark, long logEnd) {
        meters.replication().lostCommitted();
        LOG.error(
                "Partition {} has lost committed records: its leader does not have those from {} up to {}",
                partition,
                logEnd,
                highWatermark);
    }

    @Override
    public void linked(int leader) {
        LOG.info("Following broker {}", leader);
    }

    @Override
    public void unlinked(int leader, Refusal why) {
        LOG.warn("Broker {} cannot be followed at the moment: {}", leader, why.message());
    }

    @Override
    public void appendAnswered(AppendRequest request, List<Outcome<Appended>> outcomes, Duration took) {
        boolean anyRefused = false;
        for (int i = 0; i < outcomes.size(); i++) {
            AppendRequest.Part part = request.parts().get(i);
            TopicMeters.Series topic = seriesOf(part.partition(), outcomes.get(i));
            topic.appends.increment();
            if (outcomes.get(i) instanceof Outcome.Refused<Appended>(Refusal why)) {
                anyRefused = true;
                topic.appendsFailed.increment();
                topic.bytesRejected.increment(part.batch().remaining());
                meters.appends().refused(why);
            }
        }
        meters.appends().answered(took, anyRefused);
    }

    @Override
    public void fetchAnswered(FetchRequest request, List<Outcome<Fetched>> outcomes, Duration took) {
        boolean anyRefused = false;
        for (int i = 0; i < outcomes.size(); i++) {
            TopicMeters.Series topic = seriesOf(request.parts().get(i).partition(), outcomes.get(i));
            topic.fetches.increment();
            switch (outcomes.get(i)) {
                case Outcome.Done<Fetched>(Fetched fetched) ->
                    topic.bytesOut.increment(fetched.records().sizeInBytes());
                case Outcome.Refused<Fetched>(Refusal why) -> {
                    anyRefused = true;
                    topic.fetchesFailed.increment();
                    meters.fetches().refused(why);
                }
            }
        }
        meters.fetches().answered(took, anyRefused);
    }

    private <T> TopicMeters.Series seriesOf(TopicPartition partition, Outcome<T> outcome) {
        boolean exists = !(outcome instanceof Outcome.Refused<T>(Refusal.UnknownTopic unknown));
        return exists ? meters.topics().of(partition.topic()) : meters.topics().other();
    }

    @Override
    public void synced(Duration took) {
        meters.storage().synced(took);
    }

    @Override
    public void committed(int partitions, long bytes, int appends, Duration took) {
        meters.storage().committed(partitions, bytes, appends, took);
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
        meters.storage().stopped();
        LOG.error("Partition {} takes part in nothing any more until the broker is started again", partition, cause);
    }

    @Override
    public void damaged(TopicPartition partition, LogDamage damage) {
        meters.damage().found();
        LOG.error(
                "Partition {} is damaged on this disk: {} It is fetched again from another replica as soon as one leads;"
                        + " until then everything else of it is served. Look at the disk, and see"
                        + " docs/runbooks/MillraceReplicaDamaged.md",
                partition,
                damage.what());
    }

    @Override
    public void damageKnown(TopicPartition partition, int ranges) {
        meters.damage().known(partition, ranges);
    }

    @Override
    public void keptAside(TopicPartition partition, long offset, long oldEndOffset, long bytes) {
        meters.damage().keptAside(bytes);
        LOG.warn(
                "Partition {} was cut at offset {} because of damage; what was there up to offset {}, {} bytes, is kept"
                        + " for a week in files that end in .damaged",
                partition,
                offset,
                oldEndOffset,
                bytes);
    }

    @Override
    public void repaired(TopicPartition partition, long offset, long endOffset) {
        meters.damage().repaired();
        LOG.info(
                "Partition {} was repaired: offsets {} to {} have come again from the leader",
                partition,
                offset,
                endOffset);
    }

    @Override
    public void reindexed(TopicPartition partition, long offset) {
        meters.damage().reindexed();
        LOG.warn(
                "An index of partition {} was damaged near offset {} and was made anew; its records are whole",
                partition,
                offset);
    }

    @Override
    public void verified(int bytes) {
        meters.damage().verified(bytes);
    }

    @Override
    public void passEnded(long bytes, int suspicions, Duration took) {
        meters.damage().passEnded(suspicions, took);
        LOG.info("Looked through {} bytes of logs for damage in {}; {} places looked so", bytes, took, suspicions);
    }

    @Override
    public void recovered(TopicPartition partition, long scannedBytes, long cutBytes) {
        if (scannedBytes > 0 || cutBytes > 0) {
            meters.storage().recovered(scannedBytes, cutBytes);
            LOG.info(
                    "Partition {} was recovered: {} bytes checked, {} bytes cut off",
                    partition,
                    scannedBytes,
                    cutBytes);
        }
    }

    @Override
    public void opening(int opened, int asked) {
        meters.storage().opening(opened, asked);
        if (opened == asked || opened % 100 == 0) {
            LOG.info("{} of {} partitions are open", opened, asked);
        }
    }

    @Override
    public void deleted(TopicPartition partition) {
        meters.topics().remove(partition.topic());
    }

    @Override
    public void freed(TopicPartition partition) {
        LOG.info("Partition {} has gone to other brokers; its files go after the grace period", partition);
    }

    @Override
    public void unexplained(TopicPartition partition, Path directory) {
        LOG.warn("{} holds partition {} of a topic that the cluster does not know; it is kept", directory, partition);
    }

    @Override
    public void registered(String clusterId, long brokerEpoch) {
        meters.membership().registered(brokerEpoch);
        LOG.info("Registered in cluster {} with broker epoch {}", clusterId, brokerEpoch);
    }

    @Override
    public void notTaken(Refusal why) {
        LOG.warn("Membership: {}", why.message());
    }

    @Override
    public void serving(boolean mayWrite) {
        meters.membership().serving(mayWrite);
        if (serving.getAndSet(mayWrite) != mayWrite) {
            LOG.info(mayWrite ? "Taking writes" : "Taking no writes");
        }
    }

    @Override
    public void leased(long deadlineNanos) {
        meters.membership().leased(deadlineNanos);
    }

    @Override
    public void carriedOut(long version) {
        meters.membership().carriedOut(version);
    }
}
