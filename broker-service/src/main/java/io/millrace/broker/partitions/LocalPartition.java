package io.millrace.broker.partitions;

import io.millrace.broker.log.LogObserver;
import io.millrace.broker.log.LogOptions;
import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.RecoveryProof;
import io.millrace.broker.log.ReplicaMark;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.broker.scrub.Scrubbed;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.PartitionDirectory;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A partition of this broker. Its methods may be called from any thread: they post to the partition's event loop, to
 * which all state is confined.
 *
 * <pre>
 *   opening ──▶ open ──▶ closed
 *      └───────────────────▲
 * </pre>
 *
 * Requests that arrive while the log is being opened wait for it, but not for long: the check of a log that was not
 * closed in order may take minutes.
 */
public final class LocalPartition implements Scrubbed {
    /** How long a request waits for a log to be opened: a new one is open sooner. */
    static final Duration OPENING_WAIT_MAX = Duration.ofSeconds(1);

    private final TopicPartition name;
    private final TopicId topicId;
    private final LogDirectory home;
    private final PartitionSurroundings surroundings;
    private volatile TopicOptions options;
    private Phase phase = new Phase.Opening(new ArrayList<>());

    LocalPartition(
            TopicPartition name,
            TopicId topicId,
            LogDirectory home,
            PartitionSurroundings surroundings,
            TopicOptions options) {
        this.name = name;
        this.topicId = topicId;
        this.home = home;
        this.surroundings = surroundings;
        this.options = options;
    }

    private sealed interface Phase {
        record Opening(List<Runnable> waiting) implements Phase {}

        record Open(PartitionDriver driver) implements Phase {}

        record Closed(Refusal why) implements Phase {}
    }

    public TopicPartition name() {
        return name;
    }

    public TopicId topicId() {
        return topicId;
    }

    public LogDirectory home() {
        return home;
    }

    /** Where the log lies. */
    PartitionDirectory directory() {
        return new PartitionDirectory(name, topicId, home.path().resolve(name.toString()));
    }

    /** The loop on which answers and readers are called. */
    public EventLoop loop() {
        return surroundings.loop();
    }

    /** The topic's options, as the picture showed them last. */
    public TopicOptions options() {
        return options;
    }

    /** Appends, or refuses; the command's answer tells. */
    public void append(AppendCommand append) {
        whenOpenSoon(driver -> driver.append(append), why -> append.answerTo().accept(Outcome.refused(why)));
    }

    /** Tells the reader what there is, and goes on telling until it is withdrawn. */
    public void read(PartitionReader reader) {
        askWhenOpen(
                driver -> {
                    driver.readers().add(reader);
                    reader.found(PartitionReaders.read(driver, reader));
                },
                why -> reader.found(Outcome.refused(why)));
    }

    /** Tells the reader what there is, once. */
    public void readOnce(PartitionReader reader) {
        askWhenOpen(
                driver -> reader.found(PartitionReaders.read(driver, reader)),
                why -> reader.found(Outcome.refused(why)));
    }

    /** The reader wants to hear no more. */
    public void withdraw(PartitionReader reader) {
        whenOpen(driver -> driver.readers().remove(reader), ignored -> {});
    }

    /** Has the leader do something for a follower, at once; for callers on the partition's loop only. */
    public void serveReplica(Consumer<ReplicaDesk> work, Consumer<Refusal> refused) {
        switch (phase) {
            case Phase.Opening ignored -> refused.accept(new Refusal.LeaderNotAvailable(name));
            case Phase.Closed(Refusal why) -> refused.accept(why);
            case Phase.Open(PartitionDriver driver) -> {
                ReplicaDesk desk = driver.desk();
                if (desk == null) {
                    refused.accept(driver.refusal());
                } else {
                    driver.guard(() -> work.accept(desk));
                }
            }
        }
    }

    @Override
    public void nextStretch(VerifyPoint from, int bytesMax, Consumer<Optional<Stretch>> to) {
        surroundings.loop().post(() -> to.accept(stretch(from, bytesMax)));
    }

    private Optional<Stretch> stretch(VerifyPoint from, int bytesMax) {
        try {
            return phase instanceof Phase.Open(PartitionDriver driver) && !driver.isStopped()
                    ? driver.log().toVerify(from, bytesMax)
                    : Optional.empty();
        } catch (IOException outOfService) {
            return Optional.empty();
        }
    }

    @Override
    public void suspected(LogDamage damage) {
        whenOpen(driver -> driver.damage().suspect(damage.offset(), 1), ignored -> {});
    }

    /** Asks the open partition a question that its log answers. */
    <T> CompletableFuture<Outcome<T>> ask(Function<PartitionDriver, Outcome<T>> question) {
        CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();
        askWhenOpen(driver -> answer.complete(question.apply(driver)), why -> answer.complete(Outcome.refused(why)));
        return answer;
    }

    /** The picture says how this broker stands to the partition. */
    void follow(PartitionStanding standing) {
        options = standing.options();
        whenOpen(
                driver -> {
                    driver.log().configure(logOptions());
                    switch (standing) {
                        case PartitionStanding.Leading leading ->
                            driver.lead(leading.term(), leading.options().timestampType());
                        case PartitionStanding.Following following -> driver.follow(following.term());
                        case PartitionStanding.WithoutLeader ignored -> driver.resign(new Refusal.NotLeader(name));
                    }
                },
                ignored -> {});
    }

    /**
     * Opens the log on the calling thread, which may take long; the directory is created when there is none. Returns what
     * was found and what is known of it, or nothing when it cannot be opened.
     */
    Optional<RecoveryProof> open(@Nullable PartitionDirectory found, long committedFloor) {
        try {
            PartitionDirectory directory = found == null ? home.contents().create(name, topicId) : found;
            PartitionLog log =
                    PartitionLog.open(home.disk(), directory.path(), logOptions(), logObserver(), knownDurableEnd());
            Optional<ReplicaMark> known = home.replicas().lastKnown(topicId, name.partition());
            long highWatermark = known.map(ReplicaMark::highWatermark).orElse(0L);
            surroundings
                    .loop()
                    .post(() -> opened(new PartitionDriver(name, topicId, log, home, surroundings, highWatermark)));
            return Optional.of(RecoveryProof.of(log.opened(), known, committedFloor));
        } catch (CorruptSegmentException | RuntimeException e) {
            surroundings.observer().stopped(name, e);
            fail(new Refusal.StorageFailed("The log of partition " + name + " cannot be opened: " + e.getMessage()));
        } catch (IOException e) {
            home.fail("Partition " + name + " could not be opened", e);
            home.refusal().ifPresent(this::fail);
        }
        return Optional.empty();
    }

    /** Has what the log holds for certain written down with the next flush of the directory's checkpoint. */
    public CompletableFuture<Outcome<Long>> note() {
        return ask(driver -> Outcome.done(driver.note()));
    }

    private long knownDurableEnd() {
        return home.replicas()
                .lastKnown(topicId, name.partition())
                .map(ReplicaMark::durableEnd)
                .orElse(0L);
    }

    private void opened(PartitionDriver driver) {
        if (phase instanceof Phase.Opening(List<Runnable> waiting)) {
            phase = new Phase.Open(driver);
            runAll(waiting);
        }
    }

    /** Whoever waited is not to be refused as well when his time is over. */
    private static void runAll(List<Runnable> waiting) {
        List<Runnable> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(Runnable::run);
    }

    /** Refuses everybody from now on; the log is left as it is. */
    void fail(Refusal why) {
        surroundings.loop().post(() -> {
            Phase before = phase;
            phase = new Phase.Closed(why);
            switch (before) {
                case Phase.Opening(List<Runnable> waiting) -> runAll(waiting);
                case Phase.Open(PartitionDriver driver) -> driver.stop(why);
                case Phase.Closed ignored -> {}
            }
        });
    }

    /** Flushes the log and closes it in order, unless its directory has failed; refuses everybody from now on. */
    CompletableFuture<Void> close(Refusal why) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        whenOpen(
                driver -> {
                    driver.stop(why);
                    phase = new Phase.Closed(why);
                    driver.whenQuiet(() -> surroundings.blocking().execute(() -> close(driver, closed)));
                },
                ignored -> closed.complete(null));
        return closed;
    }

    private void close(PartitionDriver driver, CompletableFuture<Void> closed) {
        try {
            if (!home.isFailed()) {
                driver.close();
            }
        } catch (IOException e) {
            home.fail("Partition " + name + " could not be closed", e);
        } finally {
            closed.complete(null);
        }
    }

    /** Whoever asks hears of a bug, too: nobody waits for ever. */
    private void askWhenOpen(Consumer<PartitionDriver> work, Consumer<Refusal> refused) {
        whenOpenSoon(
                driver -> {
                    try {
                        work.accept(driver);
                    } catch (RuntimeException bug) {
                        driver.giveUp(bug);
                        refused.accept(driver.refusal());
                        throw bug;
                    }
                },
                refused);
    }

    private void whenOpenSoon(Consumer<PartitionDriver> work, Consumer<Refusal> refused) {
        surroundings.loop().post(() -> {
            if (phase instanceof Phase.Opening(List<Runnable> waiting)) {
                Runnable later = () -> runWhenOpen(work, refused);
                waiting.add(later);
                surroundings.loop().schedule(OPENING_WAIT_MAX, () -> {
                    if (waiting.remove(later)) {
                        refused.accept(new Refusal.LeaderNotAvailable(name));
                    }
                });
            } else {
                runWhenOpen(work, refused);
            }
        });
    }

    private void whenOpen(Consumer<PartitionDriver> work, Consumer<Refusal> refused) {
        surroundings.loop().post(() -> runWhenOpen(work, refused));
    }

    private void runWhenOpen(Consumer<PartitionDriver> work, Consumer<Refusal> refused) {
        switch (phase) {
            case Phase.Opening(List<Runnable> waiting) -> waiting.add(() -> runWhenOpen(work, refused));
            case Phase.Open(PartitionDriver driver) -> driver.guard(() -> work.accept(driver));
            case Phase.Closed(Refusal why) -> refused.accept(why);
        }
    }

    private LogOptions logOptions() {
        TopicOptions now = options;
        return new LogOptions(
                now.segmentBytes(),
                now.segmentMillis(),
                now.indexIntervalBytes(),
                now.segmentIndexBytes(),
                now.retentionMillis(),
                now.retentionBytes(),
                now.fileDeleteDelayMillis(),
                surroundings.producers());
    }

    private LogObserver logObserver() {
        return new LogObserver() {
            @Override
            public void recovered(long scannedBytes, long cutBytes) {
                surroundings.observer().recovered(name, scannedBytes, cutBytes);
            }

            @Override
            public void keptAside(long offset, long oldEndOffset, long bytes) {
                surroundings.observer().keptAside(name, offset, oldEndOffset, bytes);
            }

            @Override
            public void suspected(long offset, int bytes) {
                whenOpen(driver -> driver.damage().suspect(offset, bytes), ignored -> {});
            }
        };
    }
}
