package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaChangesOverTheWireTest {
    private static final TopicId ORDERS = new TopicId(new UUID(1, 2));
    private static final TopicPartition ORDERS_7 = new TopicPartition("orders", 7);
    private static final Outcome<PartitionChanged> CHANGED = Outcome.done(
            new PartitionChanged(ORDERS_7, new PartitionImage(ORDERS, 7, List.of(1, 2), List.of(1), 1, 4, 5)));
    private static final Outcome<PartitionChanged> REFUSED =
            Outcome.refused(new Refusal.StaleEpoch("Partition 7 is at epoch 6."));

    private static final AlterPartitionsRequest ALTER = new AlterPartitionsRequest(
            1,
            9,
            List.of(
                    new AlterPartitionsRequest.Part(
                            ORDERS, 7, 4, 5, List.of(new AlterPartitionsRequest.Member(1, 9)), 33),
                    new AlterPartitionsRequest.Part(ORDERS, 8, 4, 5, List.of(), 33)));

    private final Recording controller = new Recording();
    private final ControllerProcess process = ControllerProcess.start(controller, "controller-0");
    private final ControllerClient client = new ControllerClient(
            List.of(process.address()),
            null,
            ControllerClientOptions.DEFAULTS,
            new NettyControllerChannels(ControllerClientOptions.DEFAULTS));

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        process.stop();
    }

    @Test
    void everyRequestComesAsItWasSentAndItsOutcomesComeBackInOrder() throws Exception {
        controller.answer = Outcome.done(List.of(CHANGED, REFUSED));
        WithdrawReplicasRequest withdraw = new WithdrawReplicasRequest(
                1,
                9,
                WithdrawReplicasRequest.Reason.AMNESIA,
                List.of(new WithdrawReplicasRequest.Part(ORDERS, 7), new WithdrawReplicasRequest.Part(ORDERS, 8)));
        ReassignPartitionsRequest reassign = new ReassignPartitionsRequest(
                List.of(
                        new ReassignPartitionsRequest.Part(ORDERS_7, Optional.of(List.of(2, 1))),
                        new ReassignPartitionsRequest.Part(ORDERS_7, Optional.empty())),
                1_000);
        ElectLeadersRequest elect = new ElectLeadersRequest(ElectLeadersRequest.Kind.UNCLEAN, List.of());

        assertThat(await(client.alterPartitions(ALTER))).isEqualTo(controller.answer);
        assertThat(await(client.withdrawReplicas(withdraw))).isEqualTo(controller.answer);
        assertThat(await(client.reassignPartitions(reassign))).isEqualTo(controller.answer);
        assertThat(await(client.electLeaders(elect))).isEqualTo(controller.answer);
        assertThat(controller.asked).containsExactly(ALTER, withdraw, reassign, elect);
    }

    @Test
    void aRefusalOfTheWholeRequestComesBack() throws Exception {
        controller.answer = Outcome.refused(new Refusal.StaleEpoch("Broker 1 has registered again."));

        assertThat(await(client.alterPartitions(ALTER))).isEqualTo(controller.answer);
    }

    @Test
    void anAnswerWithTooFewPartsMayStandForAnything() throws Exception {
        controller.answer = Outcome.done(List.of(CHANGED));

        assertThat(await(client.alterPartitions(ALTER)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TimedOut.class));
    }

    @Test
    void aRequestThatCannotBeReadIsRefusedAndNotPutToTheController() throws Exception {
        ElectLeadersRequest endless = new ElectLeadersRequest(
                ElectLeadersRequest.Kind.PREFERRED,
                IntStream.rangeClosed(0, 100_000)
                        .mapToObj(partition -> new TopicPartition("orders", partition))
                        .toList());

        assertThat(await(client.electLeaders(endless)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
        assertThat(controller.asked).isEmpty();
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    /** Answers what the test says, and keeps what it was asked. */
    private static final class Recording extends ForwardingController {
        private final List<Object> asked = new ArrayList<>();
        private Outcome<List<Outcome<PartitionChanged>>> answer = Outcome.done(List.of());

        Recording() {
            super(new InMemoryController());
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> alterPartitions(
                AlterPartitionsRequest request) {
            return answered(request);
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> withdrawReplicas(
                WithdrawReplicasRequest request) {
            return answered(request);
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
                ReassignPartitionsRequest request) {
            return answered(request);
        }

        @Override
        public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
            return answered(request);
        }

        private CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> answered(Object request) {
            asked.add(request);
            return CompletableFuture.completedFuture(answer);
        }
    }
}
