package io.millrace.broker.replication.leader;

import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A leader, number 0, and what 1 and 2 say that follow it. Their epochs are 100 and more, so that they are no ids. */
abstract class LeaderScenario {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    static final TopicId TOPIC = new TopicId(new UUID(0, 1));
    static final int LEADER_EPOCH = 3;
    static final int CONTROLLER_EPOCH = 7;
    static final long LAG_MILLIS = 10_000;

    final TreeMap<Integer, BrokerImage> brokers = new TreeMap<>();
    final List<LeaderEffect> effects = new ArrayList<>();
    final List<InSyncWish> wishes = new ArrayList<>();
    Durability durability = Durability.FSYNC;
    long nowMillis;
    PartitionLeader leader = leader(0, 0, 0, 1, 2);

    LeaderScenario() {
        for (int broker = 0; broker < 3; broker++) {
            show(broker, 100 + broker, false);
        }
    }

    /** It had all there was, so long ago; 10 records have come since and are committed without it. */
    void followerTwoIsBehindUnderLoad(long millis) {
        leader = leader(0, 0, 0, 1);
        show(2, 102, true);
        report(2, 0, 0);
        write(10);
        nowMillis += millis;
        report(1, 10, 10);
        show(2, 102, false);
    }

    PartitionLeader leader(long end, long highWatermark, Integer... inSync) {
        return new PartitionLeader(
                term(LEADER_EPOCH, 0, inSync),
                new LogEnds(end, end, highWatermark),
                TimeUnit.MILLISECONDS.toNanos(LAG_MILLIS),
                now());
    }

    LeaderTerm term(int leaderEpoch, int partitionEpoch, Integer... inSync) {
        return new LeaderTerm(
                TOPIC, ORDERS, 0, leaderEpoch, partitionEpoch, List.of(0, 1, 2), List.of(inSync), 2, durability);
    }

    void show(int brokerId, long epoch, boolean fenced) {
        brokers.put(brokerId, new BrokerImage(brokerId, new UUID(brokerId, epoch), epoch, null, List.of(), fenced));
    }

    KnownBrokers known() {
        return new KnownBrokers(CONTROLLER_EPOCH, brokers);
    }

    long now() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
    }

    void pass(long millis) {
        nowMillis += millis;
        review();
    }

    void review() {
        perform(leader.review(known(), now()));
    }

    void picture(int partitionEpoch, Integer... inSync) {
        perform(leader.changeTerm(term(LEADER_EPOCH, partitionEpoch, inSync), now()));
    }

    void report(int brokerId, long logEnd, long durableEnd) {
        report(brokerId, 100 + brokerId, logEnd, durableEnd);
    }

    void report(int brokerId, long brokerEpoch, long logEnd, long durableEnd) {
        perform(leader.replicaReported(
                new ReplicaReport(brokerId, brokerEpoch, CONTROLLER_EPOCH, logEnd, durableEnd), known(), now()));
    }

    /** Appends so many records, and syncs them. */
    void write(int records) {
        append(records);
        long end = leader.replicas(now()).getFirst().logEndOffset();
        perform(leader.syncedUpTo(end));
    }

    void append(int records) {
        boolean isEnough = leader.term().inSyncReplicas().size() >= 2;
        AppendCommand append = command(isEnough ? Acks.ALL : Acks.LEADER, records);
        var order = (LeaderEffect.AppendToLog)
                leader.append(append, SequenceVerdict.Fits.FITS).getFirst();
        append.batch().assign(order.baseOffset(), order.leaderEpoch());
        perform(leader.appended(append, now()));
    }

    static AppendCommand command(Acks acks, int records) {
        String[] values = new String[records];
        Arrays.fill(values, "a");
        return new AppendCommand(
                RecordBatch.at(SmallBatches.of(1_000, values)), AppendRequest.ANY_EPOCH, acks, Long.MAX_VALUE, _ -> {});
    }

    void perform(List<LeaderEffect> next) {
        effects.addAll(next);
        for (LeaderEffect effect : next) {
            if (effect instanceof LeaderEffect.RequestInSyncChange(InSyncWish wish)) {
                wishes.add(wish);
            }
        }
    }
}
