package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.BrokerApiQuestions;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.Acks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker does when its lease runs out, when its process is paused, and when it stops. */
class BrokerLeaseTest extends BrokerApiQuestions {
    /** More than the lease of the twin, 10 seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(11);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final MuteController controller = new MuteController();
    private final SimulatedBroker broker = new SimulatedBroker(7, disk, controller, SimulatedBroker.DATA);

    @BeforeEach
    void start() {
        broker.start();
        createTopic("orders", 1, Map.of());
        append(ORDERS_0, "a");
    }

    @Test
    void readsGoOnWithoutAleaseAndWritesWhenItComesBack() {
        controller.silent(true);
        broker.pass(PAUSE);

        Refusal why = refusal(append(ORDERS_0, "b"));

        assertThat(why).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(why.message()).contains("its lease ran out").endsWith("Reads go on.");
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a");
        controller.silent(false);
        broker.pass(Duration.ofSeconds(1));
        assertThat(done(append(ORDERS_0, "b")).baseOffset()).isEqualTo(1);
    }

    @Test
    void anAppendThatWaitsForItsTurnWhileTheProcessIsPausedIsNotCarriedOut() {
        controller.silent(true);
        var waiting = broker().append(appending("b"));

        broker.clock().advance(PAUSE);
        broker.settle();

        assertThat(refusal(only(waiting.resultNow())))
                .as("nothing was stored, so it may be sent again")
                .isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(status(ORDERS_0).logEndOffset()).isEqualTo(1);
    }

    @Test
    void anAppendThatWasWrittenBeforeThePauseIsNotAcknowledgedAfterIt() {
        controller.silent(true);
        var written = broker().append(appending("b"));
        broker.passWithoutSyncing(Duration.ofMillis(1));

        broker.clock().advance(PAUSE);
        broker.settle();

        Refusal why = refusal(only(written.resultNow()));
        assertThat(why).isInstanceOf(Refusal.TimedOut.class);
        assertThat(why.message()).contains("may still stand").contains("its lease ran out");
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b");
    }

    @Test
    void aStopAnswersTheAppendsUnderWayBeforeItHandsOver() {
        var written = broker().append(appending("b"));
        broker.passWithoutSyncing(Duration.ofMillis(1));

        CompletableFuture<Void> stopped = broker.node().stop(Duration.ofSeconds(3));
        broker.passWithoutSyncing(Duration.ofMillis(1));

        assertThat(controller.askedToTakeOver()).isFalse();
        assertThat(refusal(only(broker().append(appending("c")).resultNow()))).isInstanceOf(Refusal.ShuttingDown.class);
        broker.settle();
        assertThat(done(only(written.resultNow())).baseOffset()).isEqualTo(1);
        assertThat(controller.askedToTakeOver()).isTrue();
        assertThat(stopped).isDone();
    }

    @Test
    void aControllerThatDoesNotAnswerDelaysAStopForItsPatienceOnly() {
        controller.silent(true);
        CompletableFuture<Void> stopped = broker.node().stop(Duration.ofSeconds(3));

        broker.pass(Duration.ofMillis(2_990));
        assertThat(stopped).isNotDone();
        broker.pass(Duration.ofMillis(10));

        assertThat(stopped).isDone();
    }

    @Test
    void anAppendThatIsNeverSyncedDelaysAStopForHalfItsPatience() {
        var written = broker().append(appending("b"));
        broker.passWithoutSyncing(Duration.ofMillis(1));
        CompletableFuture<Void> stopped = broker.node().stop(Duration.ofSeconds(3));

        broker.passWithoutSyncing(Duration.ofMillis(1_490));
        assertThat(controller.askedToTakeOver()).isFalse();
        broker.passWithoutSyncing(Duration.ofMillis(20));
        broker.passWithoutSyncing(Duration.ofMillis(20));

        assertThat(controller.askedToTakeOver()).isTrue();
        assertThat(stopped).as("the log is not closed under a sync").isNotDone();
        broker.settle();
        assertThat(stopped).isDone();
        assertThat(written).isDone();
    }

    @Test
    void aBrokerThatStillWaitsForItsClusterIsStoppedAtOnceAndAsksNoMore() {
        ScriptedController nobody = new ScriptedController();
        SimulatedBroker waiting = new SimulatedBroker(8, disk, nobody, SimulatedBroker.MORE_DATA);
        var started = waiting.node().start(SimulatedBroker.ENDPOINTS);
        waiting.settle();

        CompletableFuture<Void> stopped = waiting.node().stop(Duration.ofSeconds(3));
        waiting.settle();

        assertThat(stopped).isDone();
        assertThat(started).isNotDone();
        waiting.pass(Duration.ofMinutes(1));
        assertThat(nobody.registrations()).hasSize(1);
    }

    @Test
    void whoeverReadsFromAStoppedBrokerIsSentElsewhere() {
        await(broker.node().stop(Duration.ofSeconds(3)));

        assertThat(refusal(fetchNow(ORDERS_0, 0))).isInstanceOf(Refusal.ShuttingDown.class);
    }

    private static AppendRequest appending(String value) {
        AppendRequest.Part part =
                new AppendRequest.Part(ORDERS_0, AppendRequest.ANY_EPOCH, SmallBatches.of(1_000, value));
        return new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(30));
    }

    @Override
    protected BrokerApi broker() {
        return broker.node();
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        SimulatedBroker.createTopic(controller, name, partitions, configs);
        settle();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return broker.await(future);
    }

    @Override
    protected void settle() {
        broker.settle();
    }
}
