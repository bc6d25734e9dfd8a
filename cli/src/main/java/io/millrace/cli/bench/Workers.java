package io.millrace.cli.bench;

import io.grpc.StatusRuntimeException;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The only place where the command makes threads: one for each client of a load. */
final class Workers {
    private final Session session;

    /** A client of the load, from its connection to what it counted. */
    interface Work {
        Measurement run(Connection connection);
    }

    Workers(Session session) {
        this.session = session;
    }

    /** Runs all of them at a time, each with its own connection, and adds up what they counted. */
    Measurement run(List<? extends Work> works) {
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Future<Measurement>> results = new ArrayList<>();
            works.forEach(work -> results.add(threads.submit(() -> connected(work))));
            Measurement sum = new Measurement();
            for (Future<Measurement> result : results) {
                sum.add(resultOf(result, threads));
            }
            return sum;
        }
    }

    private Measurement connected(Work work) {
        try (Connection connection = session.connect()) {
            return work.run(connection);
        } catch (StatusRuntimeException broken) {
            throw session.failure(broken);
        }
    }

    private static Measurement resultOf(Future<Measurement> result, ExecutorService threads) {
        try {
            return result.get();
        } catch (ExecutionException failed) {
            threads.shutdownNow();
            if (failed.getCause() instanceof CommandFailure known) {
                throw known;
            }
            throw new IllegalStateException("A client of the load failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("The load was interrupted.");
        }
    }
}
