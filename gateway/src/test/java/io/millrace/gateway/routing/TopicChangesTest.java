package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicChangesTest {
    private static final Duration PICTURE_WAIT = Duration.ofSeconds(5);
    private static final CreateTopicRequest ORDERS = new CreateTopicRequest("orders", 2, 1, Map.of(), false);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final LaggingController controller = new LaggingController();
    private final MetadataView view = new MetadataView(controller);
    private final TopicChanges changes = new TopicChanges(controller, new PictureWait(view, loop, PICTURE_WAIT));

    @Test
    void aCreationIsAnsweredWhenThePictureShowsTheTopic() {
        var created = changes.createTopic(ORDERS);
        assertThat(created).isNotDone();

        controller.catchUp();

        assertThat(created.join()).isInstanceOf(Outcome.Done.class);
        assertThat(view.image().topic("orders")).isPresent();
    }

    @Test
    void everyOtherChangeWaitsToo() {
        var created = changes.createTopic(ORDERS);
        controller.catchUp();
        assertThat(created).isCompleted();

        var altered = changes.alterTopicConfigs(
                new AlterTopicConfigsRequest("orders", Map.of("retention.ms", "1"), List.of(), false));
        assertThat(altered).isNotDone();
        controller.catchUp();
        assertThat(altered).isCompleted();

        var widened = changes.addPartitions(new AddPartitionsRequest("orders", 3, false));
        assertThat(widened).isNotDone();
        controller.catchUp();
        assertThat(widened).isCompleted();

        var deleted = changes.deleteTopic("orders");
        assertThat(deleted).isNotDone();
        controller.catchUp();
        assertThat(deleted).isCompleted();
    }

    @Test
    void aPictureThatDoesNotFollowHoldsTheAnswerNoLongerThanItsWait() {
        var created = changes.createTopic(ORDERS);

        clock.advance(PICTURE_WAIT);
        loop.runUntilIdle();

        assertThat(created.join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRefusalIsAnsweredAtOnce() {
        assertThat(changes.deleteTopic("nowhere").join())
                .isEqualTo(Outcome.refused(new Refusal.UnknownTopic("nowhere")));
    }

    @Test
    void aMereValidationIsAnsweredAtOnce() {
        assertThat(changes.createTopic(new CreateTopicRequest("orders", 2, 1, Map.of(), true)))
                .isCompleted();
    }
}
