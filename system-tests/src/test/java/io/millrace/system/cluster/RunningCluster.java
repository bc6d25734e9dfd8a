package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A cluster that classes of tests share, in {@code target/system-tests} and its name. A class that finds it broken by the
 * tests before gets a new one. The folder stays when a test fails, and the failure shows how the logs of all processes end.
 */
public final class RunningCluster
        implements BeforeAllCallback, TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    /** After which brokers are fenced that say nothing, where tests wait for that. */
    public static final Duration SHORT_LEASE = Duration.ofSeconds(4);

    /** After which a follower that lacks something is not in sync any more, where tests wait for that. */
    public static final Duration LAG = Duration.ofSeconds(4);

    /** Longer than it takes another controller to come, also on a machine that is very busy. */
    public static final Duration LONG_LEASE = Duration.ofSeconds(15);

    /** After which ZooKeeper lets another controller lead. */
    public static final Duration SESSION = Duration.ofSeconds(4);

    private static final Path FOLDER = Path.of("target", "system-tests");
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static final Namespace NAMESPACE = Namespace.create(RunningCluster.class);

    private final String name;
    private final ClusterPlan plan;
    private @Nullable Shared shared;

    private RunningCluster(String name, ClusterPlan plan) {
        this.name = name;
        this.plan = plan;
    }

    /** To be registered as an extension, in a static field. */
    public static RunningCluster of(String name, ClusterPlan plan) {
        return new RunningCluster(name, plan);
    }

    /** Whose brokers are soon held for dead and look for damage all the time; there are links between all its processes. */
    public static RunningCluster withShortLeases() {
        return of(
                "short-leases",
                plan(SHORT_LEASE)
                        .linked()
                        .with(Program.BROKER, "millrace.broker.predecessor-timeout", "6s")
                        .with(Program.BROKER, "millrace.broker.scrub-rate", "64MB")
                        .with(Program.BROKER, "millrace.broker.scrub-interval", "2s")
                        .with(Program.BROKER, "millrace.broker.replica-lag-time-max", LAG.toMillis() + "ms"));
    }

    /** Whose brokers go on when a controller is lost, until there is another one. */
    public static RunningCluster withLongLeases() {
        return of("long-leases", plan(LONG_LEASE));
    }

    /** Of processes that are a broker and a gateway, node N in the rack node-N. */
    public static RunningCluster ofNodes() {
        return of("nodes", with(ClusterPlan.ofNodes(1, 3), SHORT_LEASE));
    }

    private static ClusterPlan plan(Duration lease) {
        return with(ClusterPlan.of(2, 3, 2), lease);
    }

    private static ClusterPlan with(ClusterPlan plan, Duration lease) {
        return plan.with(Program.CONTROLLER, "millrace.zookeeper.session-timeout", SESSION.toMillis() + "ms")
                .with(Program.CONTROLLER, "millrace.controller.liveness.broker-lease", lease.toMillis() + "ms")
                .with(Program.CONTROLLER, "millrace.controller.liveness.tick", "250ms");
    }

    /** The cluster, healthy before the first test. */
    public Cluster get() {
        return running().cluster;
    }

    private Shared running() {
        Shared running = shared;
        if (running == null) {
            throw new IllegalStateException("The cluster runs during tests only");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        Shared present = store.get(name, Shared.class);
        if (present != null && present.failed) {
            present.close();
            store.remove(name);
        }
        Shared sharing = store.computeIfAbsent(name, _ -> new Shared(name, plan), Shared.class);
        shared = sharing;
        try {
            sharing.cluster.start();
        } catch (AssertionError | RuntimeException e) {
            sharing.failed(e);
            throw e;
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        running().failed(failure);
        throw failure;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        running().failed(failure);
        throw failure;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        running().failed(failure);
        throw failure;
    }

    /** A cluster until the last class of tests is over. */
    private static final class Shared implements AutoCloseable {
        final Cluster cluster;
        private final Path folder;
        private boolean failed;

        Shared(String name, ClusterPlan plan) {
            folder = newFolder(name);
            cluster = Cluster.in(folder, plan);
        }

        void failed(Throwable failure) {
            failed = true;
            failure.addSuppressed(tails(cluster));
        }

        @Override
        public void close() {
            cluster.close();
            if (!failed) {
                delete(folder);
            }
        }
    }

    /** Empty, and beside those that this run has kept. */
    private static Path newFolder(String name) {
        Path folder = FOLDER.resolve(CLUSTERS.incrementAndGet() + "-" + name)
                .toAbsolutePath()
                .normalize();
        delete(folder);
        return folder;
    }

    private static Throwable tails(Cluster cluster) {
        String text = cluster.processes()
                .map(process -> "----- " + process.name() + (process.isRunning() ? "" : ", which does not run")
                        + ", in " + process.folder() + "\n" + process.tail())
                .collect(Collectors.joining("\n"));
        return new LogTails(text);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes with a failure, so that whoever reads of it sees what the processes said. */
    private static final class LogTails extends Throwable {
        private static final long serialVersionUID = 1;

        LogTails(String text) {
            super("\n" + text, null, false, false);
        }
    }
}
