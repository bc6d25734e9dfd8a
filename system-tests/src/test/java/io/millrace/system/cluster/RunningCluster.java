package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * One cluster for all tests of a class, in {@code target/system-tests} and the name of the class. The folder stays when a
 * test fails, and the failure shows how the logs of all processes end.
 */
public final class RunningCluster
        implements BeforeAllCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Path FOLDER = Path.of("target", "system-tests");

    private final ClusterPlan plan;
    private @Nullable Cluster cluster;
    private Path folder = FOLDER;
    private boolean failed;

    private RunningCluster(ClusterPlan plan) {
        this.plan = plan;
    }

    /** To be registered as an extension, in a static field. */
    public static RunningCluster of(ClusterPlan plan) {
        return new RunningCluster(plan);
    }

    /** The cluster, healthy before the first test. */
    public Cluster get() {
        Cluster running = cluster;
        if (running == null) {
            throw new IllegalStateException("The cluster runs during tests only");
        }
        return running;
    }

    /** A folder of this class's tests. */
    public Path folder() {
        return folder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        folder = FOLDER.resolve(context.getRequiredTestClass().getSimpleName())
                .toAbsolutePath()
                .normalize();
        delete(folder);
        Cluster starting = Cluster.in(folder, plan);
        cluster = starting;
        try {
            starting.start();
        } catch (AssertionError | RuntimeException e) {
            failed = true;
            e.addSuppressed(tails(starting));
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Cluster ending = cluster;
        if (ending != null) {
            ending.close();
        }
        if (!failed) {
            delete(folder);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTails(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTails(failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTails(failure);
    }

    private Throwable withTails(Throwable failure) {
        failed = true;
        failure.addSuppressed(tails(get()));
        return failure;
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
