package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TopicChangesTest {
    private static final Duration PICTURE_WAIT = Duration.ofSeconds(5);
    private static final Duration LEADER_WAIT = Duration.ofSeconds(3);
    private static final Duration BACKOFF = Duration.ofMillis(10);
    private static final PartitionStatus STATUS = new PartitionStatus(0, 0, 0, 0, 0);
    private static final CreateTopicRequest ORDERS = new CreateTopicRequest("orders", 2, 1, Map.of(), false);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final LaggingController controller = new LaggingController();
    private final MetadataView view = new MetadataView(controller);
    private final OpeningBroker broker = new OpeningBroker();
    private final TopicChanges changes = new TopicChanges(
            controller,
            new PictureWait(view, loop, PICTURE_WAIT),
            new LeaderOpening(broker, view, new BrokerRetry(loop, clock, LEADER_WAIT, BACKOFF)));

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

    @Test
    void aCreationIsAnsweredWhenAllLeadersServe() {
        broker.opening.add(new TopicPartition("orders", 1));
        var created = changes.createTopic(ORDERS);
        controller.catchUp();
        later(BACKOFF);
        assertThat(created).isNotDone();

        broker.opening.clear();
        later(BACKOFF);

        assertThat(created.join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void addedPartitionsAreAnsweredWhenTheirLeadersServe() {
        var created = changes.createTopic(ORDERS);
        controller.catchUp();
        assertThat(created).isCompleted();
        broker.opening.add(new TopicPartition("orders", 2));

        var widened = changes.addPartitions(new AddPartitionsRequest("orders", 3, false));
        controller.catchUp();
        assertThat(widened).isNotDone();
        broker.opening.clear();
        later(BACKOFF);

        assertThat(widened).isCompleted();
    }

    @Test
    void aLeaderThatDoesNotOpenHoldsTheAnswerNoLongerThanItsWait() {
        broker.opening.add(new TopicPartition("orders", 0));
        var created = changes.createTopic(ORDERS);
        controller.catchUp();

        later(LEADER_WAIT);

        assertThat(created.join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsWaitedForNoLonger() {
        broker.opening.add(new TopicPartition("orders", 0));
        var created = changes.createTopic(ORDERS);
        controller.catchUp();
        var deleted = changes.deleteTopic("orders");
        controller.catchUp();
        assertThat(deleted).isCompleted();

        later(BACKOFF);

        assertThat(created).isCompleted();
    }

    private void later(Duration time) {
        clock.advance(time);
        loop.runUntilIdle();
    }

    /** Serves every partition but those that it is still opening. */
    private static final class OpeningBroker extends UnaskedBroker {
        private final List<TopicPartition> opening = new ArrayList<>();

        @Override
        public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
            return CompletableFuture.completedFuture(request.partitions().stream()
                    .map(name -> opening.contains(name)
                            ? Outcome.<PartitionStatus>refused(new Refusal.LeaderNotAvailable(name))
                            : Outcome.done(STATUS))
                    .toList());
        }
    }
}
