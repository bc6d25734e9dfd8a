package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.replication.leader.PartitionLeader;
import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What one may ask a partition besides appending and reading. May be called from any thread. */
public record PartitionQuestions(LocalPartition partition) {
    /** Finds an offset. */
    public CompletableFuture<Outcome<FoundOffset>> find(ListOffsetsRequest.Part part) {
        return ask(part.expectedLeaderEpoch(), (driver, leader) -> find(driver.log(), leader, part.target()));
    }

    /** Tells edges and size. */
    public CompletableFuture<Outcome<PartitionStatus>> status() {
        return ask(AppendRequest.ANY_EPOCH, (driver, leader) -> Outcome.done(status(driver, leader)));
    }

    /** Tells the idempotent producers, unless there are more of them. */
    public CompletableFuture<Outcome<List<ActiveProducer>>> producers(int producersMax) {
        return ask(AppendRequest.ANY_EPOCH, (driver, leader) -> {
            int count = driver.log().producers().count();
            return count > producersMax
                    ? Outcome.refused(new Refusal.InvalidRequest("Partition " + partition.name() + " knows " + count
                            + " producers; at most " + producersMax
                            + " are told of each partition when so many are asked for at once."))
                    : Outcome.done(driver.log().producers().active());
        });
    }

    /** Moves the log start forward. */
    public CompletableFuture<Outcome<PartitionStatus>> deleteBefore(long offset) {
        return change("The deletion of records", (driver, leader) -> {
            PartitionLog log = driver.log();
            long target = offset == DeleteRecordsRequest.HIGH_WATERMARK ? leader.highWatermark() : offset;
            if (target < 0 || target > leader.highWatermark()) {
                return Outcome.refused(new Refusal.OffsetOutOfRange(
                        partition.name(), offset, log.logStartOffset(), leader.highWatermark()));
            }
            log.advanceStart(target);
            tellFollowers(driver);
            return Outcome.done(status(driver, leader));
        });
    }

    /**
     * Does what a log needs now and then, whether this broker leads or not: drops what its retention allows, and makes durable what no acknowledgement has
     * waited for, so that a topic in the page cache does not risk ever more, and a start after a crash checks little.
     * Returns how many segments were dropped.
     */
    public CompletableFuture<Outcome<Integer>> tend(long nowMillis) {
        return partition.ask(driver -> {
            if (driver.isStopped()) {
                return Outcome.refused(driver.refusal());
            }
            try {
                int dropped = driver.dropOldSegments(nowMillis);
                driver.syncWhatIsNotDurable();
                return Outcome.done(dropped);
            } catch (IOException e) {
                return Outcome.refused(driver.changeFailed(
                        "Dropping old segments", e, driver.log().logStartOffset()));
            }
        });
    }

    /** What this broker has of the partition, whether it leads or not. */
    public CompletableFuture<Outcome<HeldReplica>> held() {
        return partition.ask(driver ->
                Outcome.done(new HeldReplica(partition.name(), driver.log().sizeInBytes(), driver.lag())));
    }

    private static void tellFollowers(PartitionDriver driver) {
        ReplicaDesk desk = driver.desk();
        if (desk != null) {
            desk.progressMoved();
        }
    }

    private interface Task<T> {
        Outcome<T> run(PartitionDriver driver, PartitionLeader leader) throws IOException;
    }

    /** Only reads: what cannot be read concerns this partition alone. */
    private <T> CompletableFuture<Outcome<T>> ask(int expectedEpoch, Task<T> question) {
        return run(
                expectedEpoch,
                question,
                (driver, error) ->
                        driver.damage().unreadable(error, driver.log().logStartOffset()));
    }

    /** Writes and syncs: after an error the whole directory cannot be trusted. */
    private <T> CompletableFuture<Outcome<T>> change(String what, Task<T> task) {
        return run(
                AppendRequest.ANY_EPOCH,
                task,
                (driver, error) -> driver.changeFailed(what, error, driver.log().logStartOffset()));
    }

    private <T> CompletableFuture<Outcome<T>> run(
            int expectedEpoch, Task<T> task, BiFunction<PartitionDriver, IOException, Refusal> onError) {
        return partition.ask(driver -> {
            PartitionLeader leader = driver.leader();
            Optional<Refusal> problem = problem(driver, leader, expectedEpoch);
            if (leader == null || problem.isPresent()) {
                return Outcome.refused(problem.orElseGet(driver::refusal));
            }
            try {
                return task.run(driver, leader);
            } catch (IOException e) {
                return Outcome.refused(onError.apply(driver, e));
            }
        });
    }

    private static Optional<Refusal> problem(
            PartitionDriver driver, @Nullable PartitionLeader leader, int expectedEpoch) {
        if (leader == null) {
            return Optional.of(driver.refusal());
        }
        return expectedEpoch == AppendRequest.ANY_EPOCH || expectedEpoch == leader.leaderEpoch()
                ? Optional.empty()
                : Optional.of(leader.staleEpoch(expectedEpoch));
    }

    private static Outcome<FoundOffset> find(PartitionLog log, PartitionLeader leader, ListOffsetsRequest.Target target)
            throws IOException {
        if (target instanceof ListOffsetsRequest.Target.Latest && leader.mayLagBehindPredecessor()) {
            return Outcome.refused(new Refusal.LeaderNotAvailable(
                    leader.term().partition(),
                    "The new leader of partition " + leader.term().partition()
                            + " does not know yet up to where records are committed."));
        }
        FoundOffset found = switch (target) {
            case ListOffsetsRequest.Target.Earliest() -> at(log, log.logStartOffset(), -1);
            case ListOffsetsRequest.Target.Latest() ->
                new FoundOffset(leader.highWatermark(), -1, leader.leaderEpoch());
            case ListOffsetsRequest.Target.MaxTimestamp() ->
                log.offsetOfMaxTimestamp()
                        .filter(record -> record.offset() < leader.highWatermark())
                        .map(record -> at(log, record.offset(), record.timestampMillis()))
                        .orElse(NOT_FOUND);
            case ListOffsetsRequest.Target.AtTimestamp(long millis) ->
                log.offsetForTimestamp(millis)
                        .filter(record -> record.offset() < leader.highWatermark())
                        .map(record -> at(log, record.offset(), record.timestampMillis()))
                        .orElse(NOT_FOUND);
            case ListOffsetsRequest.Target.EndOfEpoch(int epoch) ->
                log.endOfEpoch(epoch)
                        .map(end -> new FoundOffset(end.endOffset(), -1, end.epoch()))
                        .orElseGet(() -> new FoundOffset(log.logStartOffset(), -1, epoch));
        };
        return Outcome.done(found);
    }

    private static FoundOffset at(PartitionLog log, long offset, long timestampMillis) {
        return new FoundOffset(offset, timestampMillis, log.epochAt(offset).orElse(-1));
    }

    private static PartitionStatus status(PartitionDriver driver, PartitionLeader leader) {
        PartitionLog log = driver.log();
        return new PartitionStatus(
                log.logStartOffset(),
                leader.highWatermark(),
                leader.highWatermark(),
                log.logEndOffset(),
                log.sizeInBytes(),
                leader.replicas(driver.nowNanos()));
    }

    private static final FoundOffset NOT_FOUND = new FoundOffset(-1, -1, -1);
}
