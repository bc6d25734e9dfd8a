package io.millrace.gateway.health;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Judges the cluster as this gateway sees it. Safe for any thread. */
public final class ClusterHealth {
    private final BrokerApi brokers;
    private final ControllerApi controller;
    private final MetadataView view;
    private final EventLoop timers;
    private final Duration patience;

    /**
     * Asks brokers and controller through these.
     *
     * @param patience how long an answer or a change of the picture may take before its lack is a reason
     */
    public ClusterHealth(
            BrokerApi brokers, ControllerApi controller, MetadataView view, EventLoop timers, Duration patience) {
        this.brokers = brokers;
        this.controller = controller;
        this.view = view;
        this.timers = timers;
        this.patience = patience;
    }

    /** Looks at everything now; the future completes normally, and in time, also when nothing answers. */
    public CompletableFuture<HealthReport> check() {
        CompletableFuture<Optional<List<LogDirectoryStatus>>> directories =
                inTime(brokers.logDirectories().thenApply(Optional::of), Optional.empty());
        long committed = controller.image().version();
        CompletableFuture<Boolean> current = inTime(
                view.await(image -> view.isKnown() && image.version() >= committed)
                        .thenApply(image -> true),
                false);
        return directories.thenCombine(current, (found, upToDate) -> {
            ClusterImage image = view.image();
            Diagnosis diagnosis = new Diagnosis();
            if (!view.isKnown()) {
                diagnosis.addFailure(
                        "This gateway has no picture of the cluster yet: see that a controller runs and can be"
                                + " reached from here.");
            } else if (!upToDate) {
                diagnosis.addFailure("This gateway's picture of the cluster is at version " + image.version()
                        + ", the controller's at " + committed
                        + ", and it does not catch up: see that the controller can be reached from here.");
            }
            found.ifPresentOrElse(
                    diagnosis::lookAtDirectories,
                    () -> diagnosis.addFailure("The brokers do not tell the state of their disks within "
                            + patience.toMillis() + " ms: see that they run and can be reached from here."));
            diagnosis.lookAtBrokers(image);
            diagnosis.lookAtController(controller.standing());
            diagnosis.lookAtPartitions(image);
            return diagnosis.report();
        });
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, T otherwise) {
        CompletableFuture<T> bounded = new CompletableFuture<>();
        EventLoop.Timer timer = timers.schedule(patience, () -> {
            bounded.complete(otherwise);
            answer.cancel(false);
        });
        var _ = answer.whenComplete((value, lost) -> {
            timer.cancel();
            bounded.complete(lost == null ? value : otherwise);
        });
        return bounded;
    }
}
