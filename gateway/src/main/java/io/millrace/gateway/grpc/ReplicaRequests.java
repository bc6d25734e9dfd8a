package io.millrace.gateway.grpc;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.v1.PartitionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what requests of PartitionService ask for. */
final class ReplicaRequests {
    private ReplicaRequests() {}

    static Outcome<ReassignPartitionsRequest> reassignment(io.millrace.v1.ReassignPartitionsRequest request) {
        if (request.getBytesPerSecond() < 0) {
            return invalid("bytes_per_second is " + request.getBytesPerSecond() + "; 0 means no limit.");
        }
        List<io.millrace.v1.TopicPartition> named = request.getTargetsList().stream()
                .map(PartitionTarget::getPartition)
                .toList();
        return names(named).map(names -> {
            List<ReassignPartitionsRequest.Part> parts = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                parts.add(new ReassignPartitionsRequest.Part(
                        names.get(i), Optional.of(request.getTargets(i).getBrokerIdsList())));
            }
            long limit = request.getBytesPerSecond();
            return new ReassignPartitionsRequest(parts, limit == 0 ? Reassignment.UNLIMITED : limit);
        });
    }

    static Outcome<ElectLeadersRequest> election(io.millrace.v1.ElectLeadersRequest request) {
        return Outcomes.then(
                kind(request),
                kind -> names(request.getPartitionsList()).map(names -> new ElectLeadersRequest(kind, names)));
    }

    static Outcome<List<TopicPartition>> names(List<io.millrace.v1.TopicPartition> partitions) {
        List<TopicPartition> names = new ArrayList<>();
        for (io.millrace.v1.TopicPartition partition : partitions) {
            switch (Partitions.of(partition.getTopic(), partition.getPartition())) {
                case Outcome.Done<TopicPartition>(TopicPartition name) -> names.add(name);
                case Outcome.Refused<TopicPartition>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
            }
        }
        return Outcome.done(names);
    }

    private static Outcome<ElectLeadersRequest.Kind> kind(io.millrace.v1.ElectLeadersRequest request) {
        return switch (request.getKind()) {
            case ELECTION_KIND_PREFERRED -> Outcome.done(ElectLeadersRequest.Kind.PREFERRED);
            case ELECTION_KIND_UNCLEAN -> Outcome.done(ElectLeadersRequest.Kind.UNCLEAN);
            case ELECTION_KIND_UNSPECIFIED, UNRECOGNIZED -> invalid("The kind of the election has to be set.");
        };
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
