package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QuotaChangesTest {
    private static final Duration PICTURE_WAIT = Duration.ofSeconds(5);
    private static final QuotaEntity ALICE = QuotaEntity.ofUser(QuotaName.of("alice"));

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final LaggingController controller = new LaggingController();
    private final MetadataView view = new MetadataView(controller);
    private final QuotaChanges changes = new QuotaChanges(controller, new PictureWait(view, loop, PICTURE_WAIT));

    @Test
    void aChangeIsAnsweredWhenThePictureShowsIt() {
        var set = changes.alter(new AlterQuotasRequest(List.of(set(1000), set(2000)), false));
        assertThat(set).isNotDone();
        controller.catchUp();
        assertThat(set.join()).isEqualTo(Outcome.done(List.of(Outcome.done(ALICE), Outcome.done(ALICE))));
        assertThat(view.image().quotas().limits(ALICE)).containsEntry(QuotaKind.PRODUCER_BYTE_RATE, 2000.0);

        var reset = changes.alter(new AlterQuotasRequest(List.of(reset()), false));
        assertThat(reset).isNotDone();
        controller.catchUp();
        assertThat(reset).isCompleted();
        assertThat(view.image().quotas().all()).isEmpty();
    }

    @Test
    void whatChangesNothingIsAnsweredAtOnce() {
        assertThat(changes.alter(new AlterQuotasRequest(List.of(set(-1)), false)))
                .isCompleted();
        assertThat(changes.alter(new AlterQuotasRequest(List.of(reset()), false)))
                .isCompleted();
        assertThat(changes.alter(new AlterQuotasRequest(List.of(set(1000)), true)))
                .isCompleted();
    }

    @Test
    void aPictureThatDoesNotFollowIsNotWaitedForWithoutEnd() {
        var set = changes.alter(new AlterQuotasRequest(List.of(set(1000)), false));

        clock.advance(PICTURE_WAIT);
        loop.runUntilIdle();

        assertThat(set.join()).isInstanceOf(Outcome.Done.class);
    }

    private static Alteration set(double limit) {
        return new Alteration(ALICE, new TreeMap<>(Map.of(QuotaKind.PRODUCER_BYTE_RATE, limit)), new TreeSet<>());
    }

    private static Alteration reset() {
        return new Alteration(ALICE, new TreeMap<>(), new TreeSet<>(List.of(QuotaKind.PRODUCER_BYTE_RATE)));
    }
}
