package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureWatchersTest {
    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final ManualEventLoop deliveries = new ManualEventLoop(clock);
    private final PictureWatchers watchers = new PictureWatchers(loop, deliveries::post);
    private final List<String> heard = new ArrayList<>();

    @Test
    void nothingIsShownBeforeThereIsApicture() {
        watchers.watch(new Listener());
        settle();

        assertThat(heard).isEmpty();
    }

    @Test
    void aSlowWatcherHoldsUpNobodyAndGetsEverythingLater() {
        watchers.watch(new Listener());
        show(0);
        settle();

        show(3);
        loop.runUntilIdle();
        boolean silent = heard.size() == 1;
        settle();

        assertThat(silent).isTrue();
        assertThat(heard).containsExactly("snapshot 0", "delta 1", "delta 2", "delta 3");
    }

    @Test
    void aWatcherThatFellTooFarBehindStartsAgainFromAsnapshot() {
        watchers.watch(new Listener());
        show(0);
        settle();
        show(1); // taken for delivery, which does not happen yet

        show(3_000);
        settle();

        assertThat(heard).startsWith("snapshot 0", "delta 1").hasSizeLessThan(1_100);
        assertThat(heard.stream().filter(line -> line.startsWith("snapshot"))).hasSize(2);
        assertThat(heard.getLast()).isEqualTo("delta 3001");
    }

    /** The first picture, or so many further ones. */
    private void show(int deltas) {
        loop.runUntilIdle();
        if (deltas == 0) {
            watchers.onSnapshot(ClusterImage.empty("cluster"));
        }
        for (int i = 0; i < deltas; i++) {
            ClusterDelta delta = new ClusterDelta(watchers.current().version() + 1, 1, List.of());
            watchers.onDelta(delta, watchers.current().apply(delta));
        }
    }

    private void settle() {
        while (!loop.isIdle() || !deliveries.isIdle()) {
            loop.runUntilIdle();
            deliveries.runUntilIdle();
        }
    }

    private final class Listener implements MetadataListener {
        @Override
        public void onSnapshot(ClusterImage image) {
            heard.add("snapshot " + image.version());
        }

        @Override
        public void onDelta(ClusterDelta delta, ClusterImage after) {
            heard.add("delta " + delta.version());
        }
    }
}
