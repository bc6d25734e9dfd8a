package io.millrace.gateway.rest.admin;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v3/clusters/{c}/partitions:...}: moves partitions, ends moves, and elects leaders. A partition that is refused is
 * told beside those that are not, and the status is 207 then.
 */
@RestController
public final class PartitionChangeResource {
    private static final String PARTITIONS = "/v3/clusters/{clusterId}/partitions";

    private final ClusterPath path;
    private final ReplicaChanges changes;
    private final JsonBodies bodies;

    public PartitionChangeResource(ClusterPath path, ReplicaChanges changes, JsonBodies bodies) {
        this.path = path;
        this.changes = changes;
        this.bodies = bodies;
    }

    @PostMapping(PARTITIONS + ":reassign")
    ResponseEntity<Changes> reassign(@PathVariable String clusterId, HttpServletRequest request) throws IOException {
        path.cluster(clusterId);
        Moves wanted = bodies.read(request, Moves.class);
        ReassignPartitionsRequest wish = wanted.toRequest();
        return answer(
                wish.parts().stream().map(part -> part.partition()).toList(),
                changes.reassign(wish, Boolean.TRUE.equals(wanted.validateOnly())));
    }

    @PostMapping(PARTITIONS + ":cancel-reassignment")
    ResponseEntity<Changes> cancel(@PathVariable String clusterId, HttpServletRequest request) throws IOException {
        path.cluster(clusterId);
        List<TopicPartition> names =
                names(bodies.read(request, Cancellation.class).partitions());
        return answer(names, changes.cancel(names));
    }

    @PostMapping(PARTITIONS + ":elect-leaders")
    ResponseEntity<Changes> elect(@PathVariable String clusterId, HttpServletRequest request) throws IOException {
        path.cluster(clusterId);
        Election wanted = bodies.read(request, Election.class);
        if (wanted.electionType() == null) {
            throw JsonBodies.missing("election_type");
        }
        List<TopicPartition> names = names(wanted.partitions());
        return answer(
                names,
                changes.elect(
                        new ElectLeadersRequest(wanted.electionType(), names),
                        Boolean.TRUE.equals(wanted.validateOnly())));
    }

    private static ResponseEntity<Changes> answer(
            List<TopicPartition> asked, CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> change) {
        List<Outcome<PartitionChanged>> parts = Refusals.orProblem(change.join());
        List<Change> data = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            data.add(
                    switch (parts.get(i)) {
                        case Outcome.Done<PartitionChanged>(PartitionChanged changed) -> Change.of(changed);
                        case Outcome.Refused<PartitionChanged>(Refusal refusal) -> Change.of(asked.get(i), refusal);
                    });
        }
        boolean allDone = data.stream().allMatch(one -> one.error() == null);
        return ResponseEntity.status(allDone ? HttpStatus.OK : HttpStatus.MULTI_STATUS)
                .body(new Changes("MillracePartitionChangeList", data));
    }

    private static List<TopicPartition> names(@Nullable List<Named> partitions) {
        return partitions == null
                ? List.of()
                : partitions.stream().map(Named::toName).toList();
    }

    private static TopicPartition name(@Nullable String topic, @Nullable Integer partition) {
        if (topic == null) {
            throw JsonBodies.missing("topic_name");
        }
        if (partition == null) {
            throw JsonBodies.missing("partition_id");
        }
        Optional<String> illegal = TopicName.problemOf(topic);
        if (illegal.isPresent()) {
            throw Refusals.problemOf(new Refusal.InvalidTopicName(topic, illegal.get()))
                    .asException();
        }
        if (partition < 0) {
            throw Refusals.problemOf(
                            new Refusal.InvalidRequest("Partitions are numbered from 0; " + partition + " is none."))
                    .asException();
        }
        return new TopicPartition(topic, partition);
    }

    /** The JSON shape of partitions to move. */
    record Moves(
            @Nullable List<Target> targets,
            @Nullable Long bytesPerSecond,
            @Nullable Boolean validateOnly) {
        ReassignPartitionsRequest toRequest() {
            if (targets == null) {
                throw JsonBodies.missing("targets");
            }
            return new ReassignPartitionsRequest(
                    targets.stream().map(Target::toPart).toList(),
                    bytesPerSecond == null ? Reassignment.UNLIMITED : bytesPerSecond);
        }
    }

    /** Where one of them shall be. */
    record Target(
            @Nullable String topicName,
            @Nullable Integer partitionId,
            @Nullable List<Integer> brokerIds) {
        ReassignPartitionsRequest.Part toPart() {
            TopicPartition name = name(topicName, partitionId);
            if (brokerIds == null) {
                throw JsonBodies.missing("broker_ids");
            }
            return new ReassignPartitionsRequest.Part(name, Optional.of(brokerIds));
        }
    }

    /** The JSON shape of moves to end; without partitions all. */
    record Cancellation(@Nullable List<Named> partitions) {}

    /** The JSON shape of an election; without partitions it is for every one for which it makes a difference. */
    record Election(
            ElectLeadersRequest.@Nullable Kind electionType,
            @Nullable List<Named> partitions,
            @Nullable Boolean validateOnly) {}

    /** The JSON shape of a partition's name. */
    record Named(@Nullable String topicName, @Nullable Integer partitionId) {
        TopicPartition toName() {
            return name(topicName, partitionId);
        }
    }

    /** The JSON shape of what was made of the partitions. */
    record Changes(String kind, List<Change> data) {}

    /**
     * The JSON shape of what was made of one.
     *
     * @param state as it is now, or would be; null when it was refused
     */
    record Change(
            String topicName,
            int partitionId,
            @Nullable State state,
            @Nullable Reason error) {
        static Change of(PartitionChanged changed) {
            return new Change(changed.name().topic(), changed.name().partition(), State.of(changed.partition()), null);
        }

        static Change of(TopicPartition name, Refusal refusal) {
            return new Change(name.topic(), name.partition(), null, Reason.of(Refusals.problemOf(refusal)));
        }
    }

    /** The JSON shape of who keeps and leads a partition. */
    record State(
            @Nullable Integer leaderId,
            int leaderEpoch,
            List<Integer> replicas,
            List<Integer> inSyncReplicas,
            List<Integer> addingReplicas,
            List<Integer> removingReplicas) {
        static State of(PartitionImage partition) {
            Reassignment reassignment = partition.reassignment();
            return new State(
                    partition.leader() == PartitionImage.NO_LEADER ? null : partition.leader(),
                    partition.leaderEpoch(),
                    partition.replicas(),
                    partition.inSyncReplicas(),
                    reassignment == null ? List.of() : reassignment.adding(),
                    reassignment == null ? List.of() : reassignment.removing());
        }
    }

    /** The JSON shape of a refusal of one of several. */
    record Reason(int errorCode, String message, @Nullable String kafkaError, boolean retryable) {
        static Reason of(Problem problem) {
            return new Reason(
                    problem.kind().errorCode(),
                    problem.detail(),
                    problem.kind().kafkaError() == null
                            ? null
                            : problem.kind().kafkaError().name(),
                    problem.kind().retryable());
        }
    }
}
