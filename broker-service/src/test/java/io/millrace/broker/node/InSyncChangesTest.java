package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.replication.leader.InSyncAnswer;
import io.millrace.broker.replication.leader.InSyncWish;
import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InSyncChangesTest {
    private static final TopicId ORDERS = new TopicId(new UUID(0, 1));
    private static final int BASE = 4;

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final Controller controller = new Controller();
    private final List<InSyncAnswer> answers = new ArrayList<>();
    private long brokerEpoch = 9;
    private final InSyncChanges changes =
            new InSyncChanges(3, () -> brokerEpoch, controller, loop, BrokerObserver.NONE);

    @Test
    void wishesThatComeWhileOneIsUnderWayGoTogether() {
        wish(0, BASE);
        wish(1, BASE);
        wish(2, BASE);
        assertThat(controller.asked).hasSize(1);

        controller.answer(changed(0, BASE + 1));
        loop.runUntilIdle();

        assertThat(controller.asked).hasSize(2);
        assertThat(controller.last())
                .isEqualTo(new AlterPartitionsRequest(3, 9, List.of(part(1, BASE), part(2, BASE))));
    }

    @Test
    void oneRequestHasItsLimit() {
        wish(0, BASE);
        for (int number = 1; number <= InSyncChanges.PARTS_MAX + 1; number++) {
            wish(number, BASE);
        }
        controller.answer(changed(0, BASE + 1));
        loop.runUntilIdle();

        assertThat(controller.last().parts()).hasSize(InSyncChanges.PARTS_MAX);
    }

    @Test
    void aWishThatWasCommittedOrCameTooLateWaitsForThePicture() {
        wish(0, BASE);
        controller.answer(changed(0, BASE + 1));
        wish(1, BASE);
        controller.answer(Outcome.refused(new Refusal.StaleEpoch("It has epoch 5.")));
        loop.runUntilIdle();

        assertThat(answers).containsExactly(InSyncAnswer.WAIT_FOR_PICTURE, InSyncAnswer.WAIT_FOR_PICTURE);
    }

    @Test
    void aWishThatChangedNothingOrWasRefusedIsOver() {
        wish(0, BASE);
        controller.answer(changed(0, BASE));
        wish(1, BASE);
        controller.answer(Outcome.refused(new Refusal.IneligibleReplica("Broker 2 is fenced.")));
        loop.runUntilIdle();

        assertThat(answers).containsExactly(InSyncAnswer.REFUSED, InSyncAnswer.REFUSED);
    }

    @Test
    void whatIsUnknownIsAskedAgainAfterAWhileUnderThePresentEpoch() {
        wish(0, BASE);
        controller.answerAll(Outcome.refused(new Refusal.ControllerNotAvailable("Nobody decides.")));
        loop.runUntilIdle();
        assertThat(controller.asked).hasSize(1);
        brokerEpoch = 10;

        pass(InSyncChanges.BACKOFF);

        assertThat(answers).isEmpty();
        assertThat(controller.last()).isEqualTo(new AlterPartitionsRequest(3, 10, List.of(part(0, BASE))));
    }

    @Test
    void aRefusalAfterASilenceSaysSo() {
        wish(0, BASE);
        controller.answerAll(Outcome.refused(new Refusal.TimedOut("It took too long.")));
        loop.runUntilIdle();
        pass(InSyncChanges.BACKOFF);

        controller.answer(Outcome.refused(new Refusal.IneligibleReplica("Broker 2 is fenced.")));
        loop.runUntilIdle();

        assertThat(answers).containsExactly(InSyncAnswer.REFUSED_AFTER_SILENCE);
    }

    @Test
    void aRequestThatNobodyAnswersIsSentAgain() {
        wish(0, BASE);

        pass(InSyncChanges.ANSWER_MAX);
        pass(InSyncChanges.BACKOFF);

        assertThat(controller.asked).hasSize(2);
    }

    @Test
    void aBrokenRequestIsSentAgain() {
        wish(0, BASE);
        controller.answers.getLast().completeExceptionally(new IllegalStateException("The connection broke."));
        loop.runUntilIdle();

        pass(InSyncChanges.BACKOFF);

        assertThat(controller.asked).hasSize(2);
    }

    @Test
    void aRegistrationThatIsOutOfDateSaysNothingOfThePartitions() {
        wish(0, BASE);
        controller.answerAll(Outcome.refused(new Refusal.StaleEpoch("Broker 3 has epoch 10.")));
        loop.runUntilIdle();

        pass(InSyncChanges.BACKOFF);

        assertThat(answers).isEmpty();
        assertThat(controller.asked).hasSize(2);
    }

    @Test
    void aLaterWishTakesThePlaceOfOneThatWouldBeAskedAgain() {
        wish(0, BASE);
        wish(0, BASE + 1);
        controller.answerAll(Outcome.refused(new Refusal.ControllerNotAvailable("Nobody decides.")));
        loop.runUntilIdle();
        pass(InSyncChanges.BACKOFF);

        assertThat(controller.last().parts()).containsExactly(part(0, BASE + 1));
    }

    @Test
    void aClosedBrokerAsksForNothing() {
        changes.close();
        wish(0, BASE);

        assertThat(controller.asked).isEmpty();
    }

    private void wish(int partition, int base) {
        changes.request(ORDERS, partition, new InSyncWish(1, base, List.of(), 0), answers::add);
        loop.runUntilIdle();
    }

    private void pass(Duration time) {
        clock.advance(time);
        loop.runUntilIdle();
    }

    private static AlterPartitionsRequest.Part part(int partition, int base) {
        return new AlterPartitionsRequest.Part(ORDERS, partition, 1, base, List.of(), 0);
    }

    private static Outcome<PartitionChanged> changed(int partition, int partitionEpoch) {
        return Outcome.done(new PartitionChanged(
                new TopicPartition("orders", partition),
                new PartitionImage(ORDERS, partition, List.of(3), List.of(3), 3, 1, partitionEpoch)));
    }

    private static final class Controller extends ForwardingController {
        final List<AlterPartitionsRequest> asked = new ArrayList<>();
        final List<CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>>> answers = new ArrayList<>();

        Controller() {
            super(new InMemoryController());
        }

        AlterPartitionsRequest last() {
            return asked.getLast();
        }

        void answer(Outcome<PartitionChanged> outcome) {
            answerAll(Outcome.done(List.of(outcome)));
        }

        void answerAll(Outcome<List<Outcome<PartitionChanged>>> outcome) {
            answers.getLast().complete(outcome);
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(
                AlterPartitionsRequest request) {
            asked.add(request);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }
    }
}
