package io.millrace.gateway.grpc;

import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.grpc.PartitionPage.Entry;
import io.millrace.gateway.partitions.PartitionCondition;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.CancelReassignmentsResponse;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.ElectLeadersResponse;
import io.millrace.v1.ListPartitionsRequest;
import io.millrace.v1.ListPartitionsResponse;
import io.millrace.v1.ListReassignmentsRequest;
import io.millrace.v1.ListReassignmentsResponse;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionChange;
import io.millrace.v1.PartitionServiceGrpc;
import io.millrace.v1.ReassignPartitionsRequest;
import io.millrace.v1.ReassignPartitionsResponse;
import io.millrace.v1.TopicPartitionDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Serves PartitionService. Safe for any thread; blocks none. */
public final class PartitionEndpoint extends PartitionServiceGrpc.PartitionServiceImplBase {
    /** Moves of which one answer tells the progress. */
    private static final int REASSIGNMENTS_MAX = 1_000;

    private final MetadataView view;
    private final BrokerApi brokers;
    private final ReplicaChanges changes;

    public PartitionEndpoint(MetadataView view, BrokerApi brokers, ReplicaChanges changes) {
        this.view = view;
        this.brokers = brokers;
        this.changes = changes;
    }

    @Override
    public void listPartitions(ListPartitionsRequest request, StreamObserver<ListPartitionsResponse> observer) {
        ClusterImage image = view.image();
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        PartitionPage.of(request, image),
                        page -> statuses(page.entries(), request.getWithStatus())
                                .thenApply(statuses -> Outcome.done(listed(page, image, statuses)))),
                response -> response);
    }

    @Override
    public void reassignPartitions(
            ReassignPartitionsRequest request, StreamObserver<ReassignPartitionsResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        ReplicaRequests.reassignment(request),
                        wish -> changes.reassign(wish, request.getValidateOnly())
                                .thenApply(outcome -> outcome.map(parts -> changed(
                                        wish.parts().stream()
                                                .map(part -> part.partition())
                                                .toList(),
                                        parts)))),
                parts -> ReassignPartitionsResponse.newBuilder()
                        .addAllChanges(parts)
                        .build());
    }

    @Override
    public void listReassignments(
            ListReassignmentsRequest request, StreamObserver<ListReassignmentsResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        PartitionPage.entries(
                                request.getTopic(),
                                view.image(),
                                PartitionCondition.REASSIGNING,
                                null,
                                Integer.MAX_VALUE),
                        moving -> progress(moving).thenApply(Outcome::done)),
                response -> response);
    }

    @Override
    public void cancelReassignments(
            CancelReassignmentsRequest request, StreamObserver<CancelReassignmentsResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        ReplicaRequests.names(request.getPartitionsList()),
                        names -> changes.cancel(names)
                                .thenApply(outcome -> outcome.map(parts -> changed(names, parts)))),
                parts -> CancelReassignmentsResponse.newBuilder()
                        .addAllChanges(parts)
                        .build());
    }

    @Override
    public void electLeaders(ElectLeadersRequest request, StreamObserver<ElectLeadersResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        ReplicaRequests.election(request),
                        wish -> changes.elect(wish, request.getValidateOnly())
                                .thenApply(outcome -> outcome.map(parts -> changed(wish.partitions(), parts)))),
                parts -> ElectLeadersResponse.newBuilder().addAllChanges(parts).build());
    }

    private CompletableFuture<ListReassignmentsResponse> progress(List<Entry> moving) {
        List<Entry> told = moving.subList(0, Math.min(moving.size(), REASSIGNMENTS_MAX));
        return statuses(told, true).thenApply(statuses -> {
            ListReassignmentsResponse.Builder response =
                    ListReassignmentsResponse.newBuilder().setTotalSize(moving.size());
            for (int i = 0; i < told.size(); i++) {
                response.addReassignments(PartitionMessages.progress(
                        told.get(i).name(), told.get(i).partition(), statuses.get(i)));
            }
            return response.build();
        });
    }

    /** What the leaders say, or refusals when nobody is asked. */
    private CompletableFuture<List<Outcome<PartitionStatus>>> statuses(List<Entry> entries, boolean ask) {
        List<TopicPartition> names = entries.stream().map(Entry::name).toList();
        return ask && !names.isEmpty()
                ? brokers.describe(new DescribePartitionsRequest(names))
                : CompletableFuture.completedFuture(names.stream()
                        .map(name -> Outcome.<PartitionStatus>refused(new Refusal.LeaderNotAvailable(name)))
                        .toList());
    }

    private static ListPartitionsResponse listed(
            PartitionPage page, ClusterImage image, List<Outcome<PartitionStatus>> statuses) {
        ListPartitionsResponse.Builder response =
                ListPartitionsResponse.newBuilder().setNextPageToken(page.nextToken());
        for (int i = 0; i < page.entries().size(); i++) {
            Entry entry = page.entries().get(i);
            Partition partition = PartitionMessages.detailed(entry.partition(), image, statuses.get(i));
            response.addPartitions(TopicPartitionDetail.newBuilder()
                    .setTopic(entry.name().topic())
                    .setPartition(partition));
        }
        return response.build();
    }

    /** The outcomes under the names asked for; when none was, those that were changed tell theirs. */
    private List<PartitionChange> changed(List<TopicPartition> asked, List<Outcome<PartitionChanged>> parts) {
        ClusterImage image = view.image();
        List<PartitionChange> messages = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Optional<TopicPartition> name =
                    parts.get(i) instanceof Outcome.Done<PartitionChanged>(PartitionChanged done)
                            ? Optional.of(done.name())
                            : asked.stream().skip(i).findFirst();
            int number = i;
            name.ifPresent(known -> messages.add(PartitionMessages.change(known, parts.get(number), image)));
        }
        return messages;
    }
}
