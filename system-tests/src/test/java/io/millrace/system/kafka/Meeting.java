package io.millrace.system.kafka;

import io.millrace.system.kafka.KafkaSoftware.Abilities;
import io.millrace.system.kafka.KafkaSoftware.Ability;
import io.millrace.system.kafka.Software.AbsentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All clients that this machine has, at the same time: first all write, then all read, at each target. */
public final class Meeting implements AutoCloseable {
    /** What clients do there. */
    public enum Deed {
        WRITE,
        READ,
        FIND_OFFSETS
    }

    /** Who writes with every codec, for those who look for offsets. */
    private static final Software WROTE_ALL = Software.KAFKA_CLIENTS_4;

    private record Failure(Software software, Deed deed, String where, Throwable why) {}

    private final Map<Software, KafkaSoftware> clients = Collections.synchronizedMap(new EnumMap<>(Software.class));
    private final Map<Software, String> absent = Collections.synchronizedMap(new EnumMap<>(Software.class));
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final List<Target> targets;
    private final Path folder;

    private Meeting(List<Target> targets, Path folder) {
        this.targets = targets;
        this.folder = folder;
    }

    /**
     * A meeting to be held.
     *
     * @param folder for whatever is written down
     */
    public static Meeting of(List<Target> targets, Path folder) throws IOException {
        return new Meeting(List.copyOf(targets), Files.createDirectories(folder.toAbsolutePath()));
    }

    /** Starts all clients and lets them do everything. */
    public void hold() throws IOException, InterruptedException {
        inParallel(Arrays.stream(Software.values()).map(software -> () -> start(software)));
        List<Round> rounds = new ArrayList<>();
        for (Target target : targets) {
            rounds.add(new Round(target, folder.resolve(target.name())));
        }
        each((software, client) -> {
            for (Round round : rounds) {
                attempt(software, Deed.WRITE, round, () -> round.write(software, client));
            }
        });
        each((software, client) -> {
            for (Round round : rounds) {
                attempt(software, Deed.READ, round, () -> round.read(software, client));
                if (client.abilities().can(Ability.OFFSETS)) {
                    attempt(software, Deed.FIND_OFFSETS, round, () -> round.findOffsets(software, client, WROTE_ALL));
                }
            }
        });
    }

    private void start(Software software) {
        try {
            clients.put(software, software.start(folder));
        } catch (AbsentException e) {
            absent.put(software, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            failures.add(new Failure(software, Deed.WRITE, "the start of " + software, e));
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private void attempt(Software software, Deed deed, Round round, Action action) {
        try {
            action.run();
        } catch (Exception | AssertionError e) {
            failures.add(new Failure(software, deed, software + " at " + round, e));
        }
    }

    private void each(BiConsumer<Software, KafkaSoftware> part) throws InterruptedException {
        inParallel(clients.entrySet().stream().map(client -> () -> part.accept(client.getKey(), client.getValue())));
    }

    private static void inParallel(Stream<Runnable> parts) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            parts.forEach(part -> running.add(threads.submit(part)));
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails if that went wrong. */
    public void require(Software software, Deed deed) {
        @Nullable AssertionError wrong = null;
        for (Failure failure : failures) {
            if (failure.software() == software && failure.deed() == deed) {
                if (wrong == null) {
                    wrong = new AssertionError(failure.where() + ": " + failure.why(), failure.why());
                } else {
                    wrong.addSuppressed(failure.why());
                }
            }
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Fails unless docs/compatibility.md says of those who did everything what they did. */
    public void requireDocumented() throws IOException {
        Map<Software, Abilities> seen = new EnumMap<>(Software.class);
        clients.forEach((software, client) -> seen.put(software, client.abilities()));
        failures.forEach(failure -> seen.remove(failure.software()));
        ClientsTable.require(seen);
    }

    /** Why a client did not come, or nothing. */
    public String absenceOf(Software software) {
        return absent.getOrDefault(software, "");
    }

    @Override
    public void close() {
        clients.values().forEach(KafkaSoftware::close);
    }
}
