package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.LogDirectoryStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class BrokerIndicatorTest {
    private static final CompletableFuture<List<LogDirectoryStatus>> WORKING =
            CompletableFuture.completedFuture(List.of(directory("/data/a", null), directory("/data/b", null)));

    @Test
    void aBrokerWithALeaseAndWorkingDirectoriesIsReady() {
        assertThat(health(true, true, WORKING).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aBrokerThatNoControllerHasTakenInIsNotReady() {
        assertNotReady(health(false, false, WORKING), "The broker is not registered with a controller.");
    }

    @Test
    void aBrokerWithoutALeaseIsNotReady() {
        assertNotReady(
                health(true, false, WORKING), "The broker has no lease from the controller and takes no writes.");
    }

    @Test
    void aBrokerOneOfWhoseDirectoriesHasFailedIsNotReadyAndNamesIt() {
        CompletableFuture<List<LogDirectoryStatus>> oneFailed = CompletableFuture.completedFuture(
                List.of(directory("/data/a", null), directory("/data/b", "Input/output error")));

        assertNotReady(health(true, true, oneFailed), "Log directory /data/b has failed: Input/output error");
    }

    @Test
    void aBrokerThatDoesNotTellTheStateOfItsDirectoriesIsNotReady() {
        assertNotReady(
                health(true, true, new CompletableFuture<>()),
                "The broker did not tell the state of its log directories within 2 s.");
    }

    @Test
    void aBrokerWhoseDirectoriesCannotBeLookedAtIsNotReady() {
        assertThat(health(true, true, CompletableFuture.failedFuture(new IllegalStateException("closed")))
                        .getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void aBrokerThatKnowsOfDamageIsReadyAndNamesThePartitions() {
        Health health = new BrokerIndicator(() -> true, () -> true, () -> WORKING, () -> List.of("orders-0")).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("damaged", List.of("orders-0"));
    }

    private static Health health(
            boolean registered, boolean serving, CompletableFuture<List<LogDirectoryStatus>> directories) {
        return new BrokerIndicator(() -> registered, () -> serving, () -> directories, List::of).health();
    }

    private static void assertNotReady(Health health, String reason) {
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("reasons", List.of(reason));
    }

    private static LogDirectoryStatus directory(String path, @Nullable String failure) {
        return new LogDirectoryStatus(1, path, failure, 0, 0, 0);
    }
}
