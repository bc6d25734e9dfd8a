package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final Refusal NOBODY_DECIDES = new Refusal.ControllerNotAvailable("Nobody decides.");
    private static final Refusal IN_USE = new Refusal.BrokerIdInUse(0, "Broker 0 was heard lately.");
    private static final UUID INCARNATION = new UUID(1, 2);
    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final ScriptedController controller = new ScriptedController();
    private final List<Refusal> told = new ArrayList<>();
    private final Membership membership = new Membership(
            SimulatedBroker.options(SimulatedBroker.DATA),
            INCARNATION,
            controller,
            new BrokerEnvironment(
                    clock,
                    new SeededRandomness(1),
                    new SimulatedDisk(1),
                    loop,
                    loop,
                    List.of(loop),
                    loop::post,
                    loop::post,
                    ReplicaPeers.NONE),
            new BrokerObserver() {
                @Override
                public void notTaken(Refusal why) {
                    told.add(why);
                }
            });

    @Test
    void aKilledPredecessorIsWaitedForUntilItIsHeldForDead() {
        var registered = register();

        for (int i = 0; i < 90; i++) {
            refuseRegistration(IN_USE);
            pass(STEP);
        }
        controller.registrations().getLast().answer(new BrokerRegistered("ours", 7));
        loop.runUntilIdle();

        assertThat(registered.resultNow()).isEqualTo(Outcome.done(new BrokerRegistered("ours", 7)));
        assertThat(told).as("the reason is told once").containsExactly(IN_USE);
        assertThat(membership.brokerEpoch()).isEqualTo(7);
    }

    @Test
    void aLivingProcessWithTheSameIdEndsTheStartAfterAWhile() {
        var registered = register();
        for (int i = 0; i < 200 && !registered.isDone(); i++) {
            refuseRegistration(IN_USE);
            pass(STEP);
        }

        Refusal why = ((Outcome.Refused<?>) registered.resultNow()).refusal();

        assertThat(why).isInstanceOf(Refusal.BrokerIdInUse.class);
        assertThat(why.message())
                .startsWith("Another process is broker 0, and after 12000 ms it still lives; this one ends.")
                .endsWith(IN_USE.message());
        assertThat(clock.nanoTime()).isBetween(12_000_000_000L, 12_200_000_000L);
        int asked = controller.registrations().size();
        pass(Duration.ofMinutes(1));
        assertThat(controller.registrations()).hasSize(asked);
    }

    @Test
    void aContradictionIsFinalAtOnce() {
        var registered = register();
        Refusal contradiction = new Refusal.RegistrationRefused("Your cluster is theirs; this is ours.");

        refuseRegistration(contradiction);

        assertThat(registered.resultNow()).isEqualTo(Outcome.refused(contradiction));
        assertThat(told).containsExactly(contradiction);
    }

    @Test
    void noControllerIsTriedAgainForEverAndToldOnce() {
        var registered = register();

        for (int i = 0; i < 1_000; i++) {
            refuseRegistration(NOBODY_DECIDES);
            pass(STEP);
        }

        assertThat(registered).isNotDone();
        assertThat(told).containsExactly(NOBODY_DECIDES);
        assertThat(controller.registrations()).hasSize(1_001);
    }

    @Test
    void aRegistrationWithoutAnAnswerIsSentAgainUnderTheSameIncarnation() {
        var registered = register();
        pass(Duration.ofSeconds(12));

        controller.registrations().getLast().answer(new BrokerRegistered("ours", 7));
        loop.runUntilIdle();

        assertThat(registered).isDone();
        assertThat(controller.registrations())
                .hasSize(3)
                .allMatch(asked -> asked.question().incarnation().equals(INCARNATION));
    }

    @Test
    void aHungControllerGathersFewQuestions() {
        join();

        pass(Duration.ofMinutes(2));

        assertThat(controller.heartbeats()).hasSizeGreaterThan(100);
        assertThat(controller.heartbeats().stream()
                        .filter(asked -> !asked.answer().isDone()))
                .hasSize(OpenQuestions.MAX);
    }

    @Test
    void aLeaseCountsFromWhenItsHeartbeatWasSent() {
        join();
        pass(Duration.ofSeconds(4));
        controller.heartbeats().getFirst().answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();

        assertThat(closedIn(Duration.ofMillis(4_999))).isNull();
        assertThat(closedIn(Duration.ofSeconds(5))).isNotNull();
    }

    @Test
    void anAnswerThatComesWhenItsLeaseIsOverOpensNothing() {
        join();
        clock.advance(Duration.ofSeconds(10));
        controller.heartbeats().getFirst().answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();

        assertThat(membership.serving()).isNotDone();
        assertThat(closedIn(Duration.ZERO)).isNotNull();
    }

    @Test
    void anOvertakenAnswerNeitherShortensALeaseNorEndsIt() {
        join();
        pass(Duration.ofSeconds(1));
        controller.heartbeats().get(1).answer(ScriptedController.lease(LEASE));
        controller.heartbeats().get(0).answer(ScriptedController.fenced());
        loop.runUntilIdle();

        assertThat(closedIn(LEASE.minusMillis(1))).isNull();
    }

    @Test
    void anOvertakenAnswerDoesNotBringBackALeaseThatTheControllerHasTaken() {
        join();
        pass(Duration.ofSeconds(1));
        controller.heartbeats().get(1).answer(ScriptedController.fenced());
        controller.heartbeats().get(0).answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();

        assertThat(closedIn(Duration.ZERO)).isNotNull();
    }

    @Test
    void aLostHeartbeatDoesNotDiscardTheLeaseOfAnEarlierOne() {
        join();
        pass(Duration.ofSeconds(1));
        controller.heartbeats().get(1).refuse(NOBODY_DECIDES);
        controller.heartbeats().get(0).answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();

        assertThat(closedIn(Duration.ZERO)).isNull();
    }

    @Test
    void aLeaseThatHasRunOutSaysWhyAndSinceWhen() {
        serve();

        Refusal why = closedIn(Duration.ofMillis(10_500));

        assertThat(why)
                .isEqualTo(new Refusal.ControllerNotAvailable(
                        "Broker 0 takes no writes: its lease ran out 1500 ms ago, because the controller has answered no"
                                + " heartbeat of the last 10500 ms. Reads go on."));
    }

    @Test
    void aControllerThatHangsIsToldOfOnceWhenTheLeaseHasRunOut() {
        serve();
        pass(Duration.ofSeconds(8));
        assertThat(told).isEmpty();

        pass(Duration.ofMinutes(1));

        assertThat(told)
                .singleElement()
                .extracting(Refusal::message, as(STRING))
                .contains("its lease ran out");
    }

    @Test
    void aControllerThatDoesNotKnowTheBrokerIsToldOfItAgain() {
        serve();
        pass(Duration.ofSeconds(1));
        controller.heartbeats().getLast().refuse(new Refusal.UnknownBroker(0));
        loop.runUntilIdle();

        assertThat(controller.registrations().getLast().question().incarnation())
                .isEqualTo(INCARNATION);
        assertThat(closedIn(Duration.ZERO)).as("fenced until it is heard again").isNotNull();
        controller.registrations().getLast().answer(new BrokerRegistered("ours", 9));
        loop.runUntilIdle();
        assertThat(controller.heartbeats().getLast().question().brokerEpoch()).isEqualTo(9);
        controller.heartbeats().getLast().answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();
        assertThat(closedIn(Duration.ZERO)).isNull();
    }

    @Test
    void anAnswerToAnEarlierEpochDoesNotDeposeABrokerThatHasRegisteredAgain() {
        serve();
        pass(Duration.ofSeconds(2));
        var late = controller.heartbeats().get(controller.heartbeats().size() - 2);
        controller.heartbeats().getLast().refuse(new Refusal.UnknownBroker(0));
        loop.runUntilIdle();
        controller.registrations().getLast().answer(new BrokerRegistered("ours", 9));
        loop.runUntilIdle();

        late.refuse(new Refusal.StaleEpoch("Broker 0 is registered with epoch 9; this heartbeat carries 7."));
        loop.runUntilIdle();
        controller.heartbeats().getLast().answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();

        assertThat(closedIn(Duration.ZERO)).isNull();
    }

    @Test
    void aDeposedBrokerSaysSoAndSendsNothingMore() {
        serve();
        pass(Duration.ofSeconds(1));
        controller.heartbeats().getLast().refuse(new Refusal.StaleEpoch("Broker 0 has epoch 8."));
        loop.runUntilIdle();
        int sent = controller.heartbeats().size();
        pass(Duration.ofMinutes(1));

        assertThat(closedIn(Duration.ZERO))
                .isEqualTo(
                        new Refusal.ControllerNotAvailable("Another process has registered as broker 0; this one takes"
                                + " no writes any more. Broker 0 has epoch 8."));
        assertThat(controller.heartbeats()).hasSize(sent);
    }

    @Test
    void aBrokerThatLeavesAsksUntilAControllerHasTakenOver() {
        serve();
        CompletableFuture<Void> left = membership.leave(Duration.ofSeconds(3));
        loop.runUntilIdle();
        controller.heartbeats().getLast().refuse(NOBODY_DECIDES);
        loop.runUntilIdle();
        pass(STEP);
        assertThat(left).isNotDone();
        assertThat(controller.heartbeats().getLast().question().wantsShutdown()).isTrue();

        controller.heartbeats().getLast().answer(ScriptedController.fenced());
        loop.runUntilIdle();

        assertThat(left).isDone();
    }

    @Test
    void aControllerThatDoesNotAnswerDelaysABrokerThatLeavesForItsPatienceOnly() {
        serve();
        CompletableFuture<Void> left = membership.leave(Duration.ofSeconds(3));

        pass(Duration.ofMillis(2_900));
        assertThat(left).isNotDone();
        pass(STEP);

        assertThat(left).isDone();
    }

    @Test
    void aRefusedHeartbeatIsSaidAgainBeforeTheControllerHoldsTheBrokerForGone() {
        Duration disconnectGrace = Duration.ofMillis(500);
        serve();
        pass(Duration.ofSeconds(1));
        int sent = controller.heartbeats().size();

        controller.heartbeats().getLast().refuse(NOBODY_DECIDES);
        loop.runUntilIdle();
        pass(disconnectGrace.dividedBy(2));

        assertThat(controller.heartbeats()).hasSizeGreaterThan(sent);
    }

    private CompletableFuture<Outcome<BrokerRegistered>> register() {
        var registered = membership.register("ours", List.of(), SimulatedBroker.ENDPOINTS);
        loop.runUntilIdle();
        return registered;
    }

    /** Registers with epoch 7; the first heartbeat is on its way. */
    private void join() {
        var registered = register();
        controller.registrations().getLast().answer(new BrokerRegistered("ours", 7));
        loop.runUntilIdle();
        assertThat(registered).isDone();
        assertThat(controller.heartbeats()).hasSize(1);
    }

    private void serve() {
        join();
        controller.heartbeats().getLast().answer(ScriptedController.lease(LEASE));
        loop.runUntilIdle();
        assertThat(membership.serving()).isDone();
    }

    private void refuseRegistration(Refusal why) {
        controller.registrations().getLast().refuse(why);
        loop.runUntilIdle();
    }

    private @Nullable Refusal closedIn(Duration later) {
        return membership.closedBecause(clock.nanoTime() + later.toNanos());
    }

    private void pass(Duration time) {
        long end = clock.nanoTime() + time.toNanos();
        while (clock.nanoTime() < end) {
            clock.advance(Duration.ofNanos(Math.min(STEP.toNanos(), end - clock.nanoTime())));
            loop.runUntilIdle();
        }
    }
}
