package io.millrace.simulation.mutant;

import java.util.List;

/** All mutants. */
final class Mutants {
    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "ack-before-fsync",
                    "a leader counts what it has written before it is synced",
                    Focus.EVERYTHING,
                    20,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            "return term.durability() == Durability.FSYNC ? durableEnd : logEnd;",
                            "return logEnd;")),
            new Mutant(
                    "ack-before-replication",
                    "acks=all is answered as soon as the leader has the batch on its own disk",
                    Focus.EVERYTHING,
                    20,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            "waiting.takeReached(ownEnd(), highWatermark,",
                            "waiting.takeReached(ownEnd(), ownEnd(),")),
            new Mutant(
                    "watermark-below-min-insync",
                    "the high watermark moves while fewer than min.insync.replicas are in sync",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            "term.hasEnoughInSync() ? leastInSyncEnd() : highWatermark;",
                            "leastInSyncEnd();")),
            new Mutant(
                    "follower-cuts-to-watermark",
                    "a follower begins by cutting its log to the high watermark that it knows, as Kafka's did before KIP-101",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker("partitions.FollowerRole", "perform(follower.begin());", """
                            change(
                                    "Cutting the log",
                                    partition.highWatermark(),
                                    log -> log.truncateTo(partition.highWatermark(), 0));
                            perform(follower.begin());
                            """)),
            new Mutant(
                    "lives-not-told-apart",
                    "a broker has the same epoch in all its lives, so that what it fetched in an earlier one counts",
                    Focus.QUIET_USERS,
                    400,
                    Edit.controller(
                            "control.BrokerDecisions",
                            "long brokerEpoch = image.version() + 1;",
                            "long brokerEpoch = 1;")),
            new Mutant(
                    "joins-too-early",
                    "a follower joins the in-sync set as soon as it is heard",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            """
                            return isFit(brokerId, brokers)
                                    && followers.durableEndOf(brokerId) >= highWatermark
                                    && followers.isWithin(brokerId, lagNanosMax, logEnd, nowNanos);
                            """,
                            "return followers.isServing(brokerId, brokers);")),
            new Mutant(
                            "joins-before-epoch-start",
                            "a follower joins the in-sync set before it has reached the start of the leader's epoch",
                            Focus.ELECTIONS,
                            200,
                            Edit.broker(
                                    "replication.leader.PartitionLeader",
                                    "return followers.hasCaughtUp(brokerId) && followers.durableEndOf(brokerId) >= epochStart &&",
                                    "return"))
                    .from(15),
            new Mutant(
                    "no-maximal-insync-set",
                    "the high watermark does not wait for a follower that the controller is asked to take in",
                    Focus.ELECTIONS,
                    100,
                    Edit.broker("replication.leader.InSyncSet", "return maximal;", "return committed;")),
            new Mutant(
                    "leader-epoch-reused",
                    "a controller elects another leader under the epoch of the one before",
                    Focus.EVERYTHING,
                    10,
                    Edit.controller(
                            "control.PartitionDraft",
                            "newLead ? before.leaderEpoch() + 1 : before.leaderEpoch(),",
                            "before.leaderEpoch(),")),
            new Mutant(
                    "fsync-retried",
                    "a sync that has failed is tried again, and counts when that succeeds",
                    Focus.EVERYTHING,
                    100,
                    Edit.broker(
                            "log.PendingSync",
                            "file.sync();",
                            "try { file.sync(); } catch (IOException e) { file.sync(); }")),
            new Mutant(
                    "crc-not-checked",
                    "a follower takes batches whose checksum does not hold",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker("log.ReceivedBatches", "BatchCheck.intact(batch.buffer());", "Optional.empty();")),
            new Mutant(
                    "new-disk-stays",
                    "a broker that comes back with another disk stays in sync",
                    Focus.LOST_DISKS,
                    100,
                    Edit.controller(
                            "control.BrokerDecisions",
                            "boolean lostDirectory = present != null && !registration.directoryIds().containsAll(present.directoryIds());",
                            "boolean lostDirectory = false;"),
                    Edit.broker(
                            "partitions.Partitions",
                            "proof.map(RecoveryProof::holds).orElse(false)",
                            "proof.isPresent()")),
            new Mutant(
                    "deposed-controller-writes",
                    "the store takes what a deposed controller writes",
                    Focus.CONTROLLERS,
                    100,
                    Edit.simulation(
                            "store.Store",
                            "requireSession(session); if (epoch.writes() != next.writes() - 1) {",
                            "if (false) {")),
            new Mutant(
                    "controller-epoch-reused",
                    "a new controller goes on under the epoch of the one before",
                    Focus.EVERYTHING,
                    100,
                    Edit.simulation(
                            "store.EpochRecord",
                            "new EpochRecord(member, epoch + 1, version + 1, writes + 1)",
                            "new EpochRecord(member, Math.max(1, epoch), version + 1, writes + 1)")),
            new Mutant(
                    "follower-reports-written",
                    "a follower reports what it has written as synced",
                    Focus.EVERYTHING,
                    20,
                    Edit.broker(
                            "replication.follower.PartitionFollower",
                            "long end = term.durability() == Durability.FSYNC ? log.durableEnd() : log.end();",
                            "long end = log.end();")),
            new Mutant(
                    "recovered-counts-as-durable",
                    "a recovered log counts as durable though a sync had failed before",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker("log.LogOpening", "segment.view().writeAgain();", "")),
            new Mutant(
                    "eligible-for-ever",
                    "eligible replicas stay eligible when enough are in sync without them",
                    Focus.EVERYTHING,
                    20,
                    Edit.controller(
                            "control.PartitionDraft",
                            "return inSync.size() >= rules.minInsyncReplicas()",
                            "return inSync.size() > 3")),
            new Mutant(
                    "unknown-told-as-refused",
                    "a deposed leader tells those who wait for an acknowledgement that nothing was stored",
                    Focus.EVERYTHING,
                    200,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            "Refusal toWaiting = why instanceof Refusal.StorageFailed ? why :",
                            "Refusal toWaiting = true ? why :")),
            new Mutant(
                    "repetition-not-recognised",
                    "a leader appends whatever an idempotent producer sends, however often",
                    Focus.EVERYTHING,
                    40,
                    Edit.broker("log.producers.KnownProducers", "return producer == null ?", "return true ?")),
            new Mutant(
                    "follower-forgets-producers",
                    "a follower does not remember the producers of what it copies, so that as a leader it appends what they repeat",
                    Focus.ELECTIONS,
                    100,
                    Edit.broker(
                            "log.PartitionLog",
                            "appender.append(received.source(), received.sound(), options, nowMillis);",
                            "appender.append(received.source(), received.sound(), options, nowMillis); producers.clear();")),
            new Mutant(
                            "restart-forgets-producers",
                            "a broker that starts again knows the producers only of the batches that recovery reads anyway",
                            Focus.EVERYTHING,
                            200,
                            Edit.broker(
                                    "log.LogOpening",
                                    "producers.findOut(segments.values(), bases.first(), last.cleanEndOffset());",
                                    ""),
                            Edit.broker(
                                    "log.LogOpening",
                                    "producers.findOut(segments.values(), first, Math.max(first, scanFrom));",
                                    ""))
                    .from(90),
            new Mutant(
                    "producer-ids-not-committed",
                    "a controller gives producer ids without writing down that it did",
                    Focus.EVERYTHING,
                    40,
                    Edit.controller(
                            "control.ProducerIdDecisions",
                            "new Changes().put(new ProducerIdsRecord(first + count)).list()",
                            "java.util.List.of()")),
            new Mutant(
                    "repetition-acknowledged-at-once",
                    "a repetition is acknowledged though its original is not committed yet",
                    Focus.EVERYTHING,
                    100,
                    Edit.broker(
                            "replication.leader.PartitionLeader",
                            "waiting.addRepeated(append, append.batch().nextOffset());",
                            "if (true) { return List.of(new LeaderEffect.Acknowledge(append)); }")));

    private Mutants() {}

    static Mutant named(String name) {
        return ALL.stream()
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
