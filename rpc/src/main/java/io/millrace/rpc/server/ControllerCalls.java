package io.millrace.rpc.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.metadata.TopicImage;
import io.millrace.internal.v1.AddPartitionsRequest;
import io.millrace.internal.v1.AllocateProducerIdsRequest;
import io.millrace.internal.v1.AllocateProducerIdsResponse;
import io.millrace.internal.v1.AlterPartitionsRequest;
import io.millrace.internal.v1.AlterQuotasRequest;
import io.millrace.internal.v1.AlterQuotasResponse;
import io.millrace.internal.v1.AlterTopicConfigsRequest;
import io.millrace.internal.v1.ControllerServiceGrpc.ControllerServiceImplBase;
import io.millrace.internal.v1.CreateTopicRequest;
import io.millrace.internal.v1.DeleteTopicRequest;
import io.millrace.internal.v1.ElectLeadersRequest;
import io.millrace.internal.v1.FindControllerRequest;
import io.millrace.internal.v1.FindControllerResponse;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.internal.v1.NotActive;
import io.millrace.internal.v1.PartitionsResponse;
import io.millrace.internal.v1.ReassignPartitionsRequest;
import io.millrace.internal.v1.RegisterBrokerRequest;
import io.millrace.internal.v1.RegisterBrokerResponse;
import io.millrace.internal.v1.TopicResponse;
import io.millrace.internal.v1.UnregisterBrokerRequest;
import io.millrace.internal.v1.UnregisterBrokerResponse;
import io.millrace.internal.v1.WithdrawReplicasRequest;
import io.millrace.rpc.wire.BrokerSigns;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Outcomes;
import io.millrace.rpc.wire.PartitionChanges;
import io.millrace.rpc.wire.ProducerIdBlocks;
import io.millrace.rpc.wire.QuotaChanges;
import io.millrace.rpc.wire.ReplicaChanges;
import io.millrace.rpc.wire.Standings;
import io.millrace.rpc.wire.TopicChanges;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to a controller that have one answer, and its brokers' heartbeats. */
final class ControllerCalls extends ControllerServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerCalls.class);

    private final ControllerSeat seat;
    private final HeartbeatCarriers carriers;

    ControllerCalls(ControllerSeat seat) {
        this.seat = seat;
        this.carriers = new HeartbeatCarriers(seat.controller());
    }

    /** Ends streams of heartbeats, and those that begin later. */
    void close() {
        carriers.close();
    }

    @Override
    public void findController(FindControllerRequest request, StreamObserver<FindControllerResponse> to) {
        ControllerStanding standing = seat.standing();
        FindControllerResponse.Builder answer = FindControllerResponse.newBuilder()
                .setControllerId(seat.controllerId())
                .setSuspended(standing.suspended());
        if (standing.active() != null) {
            answer.setActive(Standings.encode(standing.active()));
        }
        if (seat.decidesBy(standing)) {
            answer.setClusterId(seat.controller().image().clusterId());
        }
        to.onNext(answer.build());
        to.onCompleted();
    }

    @Override
    public void createTopic(CreateTopicRequest request, StreamObserver<TopicResponse> to) {
        changeTopic(to, () -> seat.controller().createTopic(TopicChanges.decode(request)));
    }

    @Override
    public void deleteTopic(DeleteTopicRequest request, StreamObserver<TopicResponse> to) {
        changeTopic(to, () -> seat.controller().deleteTopic(request.getName()));
    }

    @Override
    public void addPartitions(AddPartitionsRequest request, StreamObserver<TopicResponse> to) {
        changeTopic(to, () -> seat.controller().addPartitions(TopicChanges.decode(request)));
    }

    @Override
    public void alterTopicConfigs(AlterTopicConfigsRequest request, StreamObserver<TopicResponse> to) {
        changeTopic(to, () -> seat.controller().alterTopicConfigs(TopicChanges.decode(request)));
    }

    @Override
    public void alterPartitions(AlterPartitionsRequest request, StreamObserver<PartitionsResponse> to) {
        changePartitions(to, () -> seat.controller().alterPartitions(ReplicaChanges.decode(request)));
    }

    @Override
    public void withdrawReplicas(WithdrawReplicasRequest request, StreamObserver<PartitionsResponse> to) {
        changePartitions(to, () -> seat.controller().withdrawReplicas(ReplicaChanges.decode(request)));
    }

    @Override
    public void reassignPartitions(ReassignPartitionsRequest request, StreamObserver<PartitionsResponse> to) {
        changePartitions(to, () -> seat.controller().reassignPartitions(ReplicaChanges.decode(request)));
    }

    @Override
    public void electLeaders(ElectLeadersRequest request, StreamObserver<PartitionsResponse> to) {
        changePartitions(to, () -> seat.controller().electLeaders(ReplicaChanges.decode(request)));
    }

    @Override
    public void allocateProducerIds(
            AllocateProducerIdsRequest request, StreamObserver<AllocateProducerIdsResponse> to) {
        answer(
                to,
                () -> seat.controller()
                        .allocateProducerIds(request.getCount())
                        .thenApply(outcome -> Outcomes.encode(
                                outcome,
                                block -> AllocateProducerIdsResponse.newBuilder()
                                        .setBlock(ProducerIdBlocks.encode(block))
                                        .build(),
                                refusal -> AllocateProducerIdsResponse.newBuilder()
                                        .setRefusal(refusal)
                                        .build())),
                notActive -> AllocateProducerIdsResponse.newBuilder()
                        .setNotActive(notActive)
                        .build());
    }

    @Override
    public void alterQuotas(AlterQuotasRequest request, StreamObserver<AlterQuotasResponse> to) {
        answer(
                to,
                () -> readable(() -> seat.controller().alterQuotas(QuotaChanges.decode(request)))
                        .thenApply(outcome -> Outcomes.encode(
                                outcome,
                                alterations -> AlterQuotasResponse.newBuilder()
                                        .setAlterations(QuotaChanges.encode(alterations))
                                        .build(),
                                refusal -> AlterQuotasResponse.newBuilder()
                                        .setRefusal(refusal)
                                        .build())),
                notActive ->
                        AlterQuotasResponse.newBuilder().setNotActive(notActive).build());
    }

    @Override
    public void unregisterBroker(UnregisterBrokerRequest request, StreamObserver<UnregisterBrokerResponse> to) {
        answer(
                to,
                () -> seat.controller()
                        .unregisterBroker(request.getBrokerId())
                        .thenApply(outcome -> Outcomes.encode(
                                outcome,
                                id -> UnregisterBrokerResponse.newBuilder()
                                        .setForgotten(id)
                                        .build(),
                                refusal -> UnregisterBrokerResponse.newBuilder()
                                        .setRefusal(refusal)
                                        .build())),
                notActive -> UnregisterBrokerResponse.newBuilder()
                        .setNotActive(notActive)
                        .build());
    }

    @Override
    public void registerBroker(RegisterBrokerRequest request, StreamObserver<RegisterBrokerResponse> to) {
        answer(
                to,
                () -> readable(() -> seat.controller().registerBroker(BrokerSigns.decode(request)))
                        .thenApply(ControllerCalls::encode),
                notActive -> RegisterBrokerResponse.newBuilder()
                        .setNotActive(notActive)
                        .build());
    }

    @Override
    public StreamObserver<HeartbeatRequest> heartbeat(StreamObserver<HeartbeatResponse> to) {
        return HeartbeatCall.begin(seat, carriers, (ServerCallStreamObserver<HeartbeatResponse>) to);
    }

    /** Asks the controller what the request says; refuses one that cannot be read. */
    private static <T> CompletableFuture<Outcome<T>> readable(Question<T> question) {
        try {
            return question.ask();
        } catch (MalformedMessageException e) {
            return CompletableFuture.completedFuture(Outcomes.refused(e));
        }
    }

    /** A request that is read and put to the controller. */
    @FunctionalInterface
    private interface Question<T> {
        CompletableFuture<Outcome<T>> ask() throws MalformedMessageException;
    }

    private void changePartitions(
            StreamObserver<PartitionsResponse> to, Question<List<Outcome<PartitionChanged>>> change) {
        answer(
                to,
                () -> readable(change).thenApply(ControllerCalls::encodeChanges),
                notActive ->
                        PartitionsResponse.newBuilder().setNotActive(notActive).build());
    }

    private static PartitionsResponse encodeChanges(Outcome<List<Outcome<PartitionChanged>>> outcome) {
        return Outcomes.encode(
                outcome,
                changes -> PartitionsResponse.newBuilder()
                        .setChanges(PartitionChanges.encode(changes))
                        .build(),
                refusal -> PartitionsResponse.newBuilder().setRefusal(refusal).build());
    }

    private void changeTopic(
            StreamObserver<TopicResponse> to, Supplier<CompletableFuture<Outcome<TopicImage>>> change) {
        answer(
                to,
                () -> change.get()
                        .thenApply(outcome -> Outcomes.encode(
                                outcome,
                                topic -> TopicResponse.newBuilder()
                                        .setTopic(TopicChanges.encode(topic))
                                        .build(),
                                refusal -> TopicResponse.newBuilder()
                                        .setRefusal(refusal)
                                        .build())),
                notActive -> TopicResponse.newBuilder().setNotActive(notActive).build());
    }

    private static RegisterBrokerResponse encode(Outcome<BrokerRegistered> outcome) {
        return Outcomes.encode(
                outcome,
                registered -> RegisterBrokerResponse.newBuilder()
                        .setRegistered(BrokerSigns.encode(registered))
                        .build(),
                refusal ->
                        RegisterBrokerResponse.newBuilder().setRefusal(refusal).build());
    }

    /** Asks the controller if it is the one that decides, and says else who does. */
    private <R> void answer(
            StreamObserver<R> to, Supplier<CompletableFuture<R>> question, Function<NotActive, R> notActive) {
        // An answer that nobody waits for any more is dropped.
        ((ServerCallStreamObserver<R>) to).setOnCancelHandler(() -> {});
        ControllerStanding standing = seat.standing();
        CompletableFuture<R> answer = seat.decidesBy(standing)
                ? question.get()
                : CompletableFuture.completedFuture(notActive.apply(Standings.notActive(standing)));
        var _ = answer.whenComplete((message, bug) -> {
            if (bug == null) {
                to.onNext(message);
                to.onCompleted();
            } else {
                LOG.error("A request to the controller could not be answered", bug);
                to.onError(Status.INTERNAL
                        .withDescription("The controller failed at this request.")
                        .asRuntimeException());
            }
        });
    }
}
