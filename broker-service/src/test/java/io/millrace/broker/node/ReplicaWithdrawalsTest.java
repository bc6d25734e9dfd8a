package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the controller cannot grant is asked for again, and what it grants is told to whoever wants to know. */
class ReplicaWithdrawalsTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final Granting controller = new Granting();
    private final ReplicaWithdrawals withdrawals = new ReplicaWithdrawals(1, () -> 5, controller, loop);

    @Test
    void aWithdrawalThatIsGrantedIsAskedForOnce() {
        controller.grants = true;

        CompletableFuture<Boolean> granted = withdraw(0);
        pass(5);

        assertThat(granted.resultNow()).isTrue();
        assertThat(controller.requests).hasSize(1);
    }

    @Test
    void aWithdrawalThatNobodyElseCanMakeUpForIsAskedForUntilSomebodyCan() {
        CompletableFuture<Boolean> granted = withdraw(0);
        pass(3);
        assertThat(granted.resultNow()).isFalse();
        assertThat(controller.requests).hasSize(4);

        controller.grants = true;
        pass(3);

        assertThat(controller.requests).hasSize(5);
    }

    @Test
    void aReplicaIsNamedOnceInARequestHoweverManyAsk() {
        controller.grants = true;

        CompletableFuture<Boolean> first = withdraw(0);
        CompletableFuture<Boolean> second = withdraw(0);
        var _ = withdraw(1);
        pass(1);

        assertThat(controller.requests).hasSize(1);
        assertThat(controller.requests.getFirst().parts())
                .containsExactly(new WithdrawReplicasRequest.Part(ID, 0), new WithdrawReplicasRequest.Part(ID, 1));
        assertThat(first.resultNow()).isTrue();
        assertThat(second.resultNow()).isTrue();
    }

    @Test
    void whoStopsAsksForNothingAnyMore() {
        var _ = withdraw(0);
        pass(1);
        int asked = controller.requests.size();

        withdrawals.close();
        pass(5);

        assertThat(controller.requests).hasSize(asked);
    }

    private CompletableFuture<Boolean> withdraw(int partition) {
        return withdrawals.withdraw(Reason.DAMAGED, ID, partition);
    }

    private void pass(int intervals) {
        loop.runUntilIdle();
        for (int i = 0; i < intervals; i++) {
            clock.advance(ReplicaWithdrawals.GRANT_INTERVAL);
            loop.runUntilIdle();
        }
    }

    /** A controller that grants withdrawals, or does not. */
    private static final class Granting extends ForwardingController {
        private final List<WithdrawReplicasRequest> requests = new ArrayList<>();
        private boolean grants;

        private Granting() {
            super(new InMemoryController());
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
                WithdrawReplicasRequest request) {
            requests.add(request);
            return CompletableFuture.completedFuture(Outcome.done(request.parts().stream()
                    .<Outcome<PartitionChanged>>map(part -> Outcome.done(new PartitionChanged(
                            TwoBrokers.ORDERS,
                            new PartitionImage(
                                    ID,
                                    part.partition(),
                                    List.of(1, 2),
                                    grants ? List.of(2) : List.of(1),
                                    grants ? 2 : 1,
                                    3,
                                    4))))
                    .toList()));
        }
    }
}
