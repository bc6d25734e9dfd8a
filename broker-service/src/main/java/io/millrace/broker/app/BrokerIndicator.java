package io.millrace.broker.app;

import io.millrace.core.api.LogDirectoryStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells Boot's health whether this broker can do its part: registered, with a lease that runs, all directories working. */
final class BrokerIndicator implements HealthIndicator {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BooleanSupplier registered;
    private final BooleanSupplier serving;
    private final Supplier<CompletableFuture<List<LogDirectoryStatus>>> directories;
    private final Supplier<List<String>> damaged;

    /**
     * An indicator that asks each time.
     *
     * @param registered whether a controller has taken the broker in
     * @param serving whether it has a lease that runs
     * @param damaged partitions of which damage is known here: to be told, though the broker does its part
     */
    BrokerIndicator(
            BooleanSupplier registered,
            BooleanSupplier serving,
            Supplier<CompletableFuture<List<LogDirectoryStatus>>> directories,
            Supplier<List<String>> damaged) {
        this.registered = registered;
        this.serving = serving;
        this.directories = directories;
        this.damaged = damaged;
    }

    @Override
    public Health health() {
        if (!registered.getAsBoolean()) {
            return no("The broker is not registered with a controller.");
        }
        if (!serving.getAsBoolean()) {
            return no("The broker has no lease from the controller and takes no writes.");
        }
        try {
            return verdict(directories.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return no("The question after the log directories was interrupted.");
        } catch (ExecutionException | TimeoutException e) {
            return no(
                    "The broker did not tell the state of its log directories within " + PATIENCE.toSeconds() + " s.");
        }
    }

    private Health verdict(List<LogDirectoryStatus> directories) {
        List<String> failures = directories.stream()
                .filter(directory -> directory.failure() != null)
                .map(directory -> "Log directory " + directory.path() + " has failed: " + directory.failure())
                .toList();
        if (!failures.isEmpty()) {
            return Health.outOfService().withDetail("reasons", failures).build();
        }
        List<String> partitions = damaged.get();
        return partitions.isEmpty()
                ? Health.up().build()
                : Health.up().withDetail("damaged", partitions).build();
    }

    private static Health no(String reason) {
        return Health.outOfService().withDetail("reasons", List.of(reason)).build();
    }
}
