package io.millrace.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerStanding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ControllerIndicatorTest {
    private static final ControllerStanding.ActiveController OTHER =
            new ControllerStanding.ActiveController("controller-1", "one.example", 19_093, 4);

    @Test
    void aControllerThatCouldTakeOverIsReadyThoughNobodyDecides() {
        assertThat(health(ControllerStanding.UNKNOWN, null, true).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aControllerWithoutZooKeeperThatKnowsWhoDecidesIsReady() {
        Health health = health(new ControllerStanding(OTHER, false), null, false);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("zookeeper", "not connected");
    }

    @Test
    void aControllerWithoutZooKeeperThatKnowsOfNobodyIsNotReady() {
        Health health = health(ControllerStanding.UNKNOWN, null, false);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("reasons", List.of("ZooKeeper is not reached and no controller is known to decide."));
    }

    @Test
    void aSuspendedControllerIsReadyAndSaysThatItDecidesNothing() {
        Health health = health(new ControllerStanding(OTHER, true), null, false);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsKey("suspended");
    }

    @Test
    void aControllerThatHasGivenUpIsNotReadyThoughZooKeeperIsThere() {
        Health health = health(ControllerStanding.UNKNOWN, "It has given up.", true);

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("reasons", List.of("It has given up."));
    }

    private static Health health(ControllerStanding standing, @Nullable String outOfService, boolean connected) {
        return new ControllerIndicator(() -> standing, () -> outOfService, () -> connected).health();
    }
}
