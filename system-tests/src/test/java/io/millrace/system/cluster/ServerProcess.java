package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that runs, dies and is started again with the same settings; everything it prints goes to one file. */
public final class ServerProcess {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 40;

    private final String name;
    private final Path folder;
    private final List<String> command;
    private @Nullable Process process;

    /**
     * A process that does not run yet.
     *
     * @param folder where it runs, and finds its data again
     */
    ServerProcess(String name, Path folder, List<String> command) {
        this.name = name;
        this.folder = folder;
        this.command = List.copyOf(command);
    }

    /** What the tests call it. */
    public String name() {
        return name;
    }

    /** Where it runs. */
    public Path folder() {
        return folder;
    }

    /** Starts it, and does not wait for anything. */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            Files.createDirectories(folder);
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            Reaper.started(started);
            var _ = started.onExit().thenAccept(Reaper::ended);
            started.getOutputStream().close();
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** Ends it as a loss of power to it would: no hook runs, nothing is flushed. */
    public void kill() {
        Process killed = started();
        killed.destroyForcibly();
        awaitEnd(killed, STOP_LIMIT);
    }

    /** Asks it to stop, as an operator does, and returns its exit code. */
    public int stop() {
        Process stopped = started();
        stopped.destroy();
        return awaitEnd(stopped, STOP_LIMIT);
    }

    /** Waits until it ends by itself, and returns its exit code. */
    public int awaitEnd(Duration limit) {
        return awaitEnd(started(), limit);
    }

    /** Stops the time for it: it answers nothing, and its connections stay. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after a pause. */
    public void resume() {
        signal("CONT");
    }

    /** Whether there is such a process, paused or not. */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Its number in the operating system. */
    long pid() {
        return started().pid();
    }

    /** Bytes of memory that it has, without what is swapped out. */
    public long residentBytes() {
        try (var status = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not run", e);
        }
    }

    /** The last lines that it printed. */
    public String tail() {
        try {
            List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    /** The very last one. */
    public String lastLine() {
        return tail().lines().reduce((_, last) -> last).orElse("");
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(name + " takes no signal " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("System tests need the command kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int awaitEnd(Process ending, Duration limit) {
        try {
            if (!ending.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        name + " still runs after " + limit.toMillis() + " ms; it printed:\n" + tail());
            }
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process started() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }
}
