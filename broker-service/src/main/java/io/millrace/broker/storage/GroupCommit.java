package io.millrace.broker.storage;

import io.millrace.broker.log.PendingSync;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes a log directory durable in rounds. A round covers every partition that has something to sync when it begins;
 * appends that arrive meanwhile gather for the next one. The files of a round are synced in parallel: the file system
 * then commits its journal once for all of them. After the first error nothing is synced any more, because what a second
 * attempt reports is worth nothing. State is confined to the event loop; requests may come from any thread.
 */
public final class GroupCommit {
    private final EventLoop loop;
    private final Executor workers;
    private final Clock clock;
    private final StorageObserver observer;
    private final Consumer<IOException> onFailure;
    private final Set<SyncTarget> gathering = new LinkedHashSet<>();
    private int partsUnderWay;
    private boolean failed;

    GroupCommit(
            EventLoop loop, Executor workers, Clock clock, StorageObserver observer, Consumer<IOException> onFailure) {
        this.loop = loop;
        this.workers = workers;
        this.clock = clock;
        this.observer = observer;
        this.onFailure = onFailure;
    }

    /** The target takes part in the next round. */
    public void request(SyncTarget target) {
        loop.post(() -> {
            gathering.add(target);
            startRound();
        });
    }

    private void startRound() {
        if (partsUnderWay > 0 || gathering.isEmpty() || failed) {
            return;
        }
        Round round = new Round(gathering.size());
        partsUnderWay = round.partitions;
        Set<SyncTarget> targets = new LinkedHashSet<>(gathering);
        gathering.clear();
        targets.forEach(target -> target.startSync(round));
    }

    private void fail(IOException cause) {
        loop.post(() -> {
            failed = true;
            gathering.clear();
        });
        onFailure.accept(cause);
    }

    /** A round under way; what it has covered is confined to the event loop. */
    private final class Round implements CommitRound {
        private final int partitions;
        private final long startNanos = clock.nanoTime();
        private long bytes;
        private int appends;

        private Round(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public void run(PendingSync sync, long syncBytes, int syncAppends, Runnable ended) {
            workers.execute(() -> {
                boolean succeeded = sync(sync);
                ended.run();
                if (succeeded) {
                    partDone(syncBytes, syncAppends);
                }
            });
        }

        @Override
        public void skip() {
            partDone(0, 0);
        }

        private boolean sync(PendingSync sync) {
            long start = clock.nanoTime();
            try {
                sync.run();
            } catch (IOException e) {
                fail(e);
                return false;
            } catch (RuntimeException bug) {
                fail(new IOException("a bug showed itself: " + bug, bug));
                throw bug;
            }
            observer.synced(Duration.ofNanos(clock.nanoTime() - start));
            return true;
        }

        private void partDone(long partBytes, int partAppends) {
            loop.post(() -> {
                bytes += partBytes;
                appends += partAppends;
                partsUnderWay--;
                if (partsUnderWay == 0) {
                    observer.committed(partitions, bytes, appends, Duration.ofNanos(clock.nanoTime() - startNanos));
                    startRound();
                }
            });
        }
    }
}
