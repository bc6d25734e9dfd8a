package io.millrace.broker.storage;

import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds partition logs. It works until the first error of its disk and then never again in this
 * process: an operating system may report a lost write only once, so nothing that it says later can be trusted. Safe for
 * all threads.
 */
public final class LogDirectory {
    private final Path path;
    private final Disk disk;
    private final StorageObserver observer;
    private final Consumer<LogDirectory> onFailure;
    private final GroupCommit commit;
    private final ReplicaCheckpoint replicas;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    /**
     * A working directory.
     *
     * @param commitLoop on which commit rounds are begun and ended
     * @param syncWorkers where syncs are run, several at a time
     * @param onFailure is called once, on any thread
     */
    public LogDirectory(
            Path path,
            Disk disk,
            Clock clock,
            EventLoop commitLoop,
            Executor syncWorkers,
            StorageObserver observer,
            Consumer<LogDirectory> onFailure) {
        this.path = path;
        this.disk = disk;
        this.observer = observer;
        this.onFailure = onFailure;
        this.commit = new GroupCommit(commitLoop, syncWorkers, clock, observer, e -> fail("A sync failed", e));
        this.replicas = new ReplicaCheckpoint(
                disk, path, observer, this::isFailed, e -> fail("The replica checkpoint failed", e));
    }

    public Path path() {
        return path;
    }

    public Disk disk() {
        return disk;
    }

    public DirectoryContents contents() {
        return new DirectoryContents(disk, path);
    }

    public GroupCommit commit() {
        return commit;
    }

    /** What the directory's replicas held for certain when it was written down last. */
    public ReplicaCheckpoint replicas() {
        return replicas;
    }

    /** Ends the directory's service; only the first call counts. */
    public void fail(String what, IOException cause) {
        String reason = what + ": " + cause.getMessage();
        if (failure.compareAndSet(null, reason)) {
            observer.directoryFailed(path, reason);
            onFailure.accept(this);
        }
    }

    /** Why the directory takes part in nothing any more, or null while it works. */
    public @Nullable String failure() {
        return failure.get();
    }

    public boolean isFailed() {
        return failure.get() != null;
    }

    /** What whoever needs the directory is told, once it has failed. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(failure.get())
                .map(reason -> new Refusal.StorageFailed("Log directory " + path
                        + " is out of service until the broker " + "is started again. " + reason + "."));
    }
}
