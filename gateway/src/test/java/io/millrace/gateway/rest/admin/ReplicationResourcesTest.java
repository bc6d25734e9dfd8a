package io.millrace.gateway.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.rest.admin.PartitionChangeResource.Change;
import io.millrace.gateway.rest.admin.PartitionChangeResource.Changes;
import io.millrace.gateway.rest.admin.PartitionChangeResource.State;
import io.millrace.gateway.rest.admin.PartitionResource.Replica;
import io.millrace.gateway.rest.admin.ReassignmentResource.Move;
import io.millrace.gateway.rest.admin.ReplicaResource.Status;
import io.millrace.gateway.rest.body.BodyRoom;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.problem.ProblemException;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.PictureWait;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What is told and done about the replicas of a cluster that has something of everything. */
class ReplicationResourcesTest {
    private final ReplicatedCluster cluster = new ReplicatedCluster();
    private final ManualClock clock = new ManualClock();
    private final MetadataView view = new MetadataView(cluster);
    private final ClusterPath path = new ClusterPath(view);
    private final ReassignmentResource moves = new ReassignmentResource(path);
    private final ReplicaResource replicas = new ReplicaResource(path, cluster.brokers(), clock);
    private final PartitionChangeResource changes = new PartitionChangeResource(
            path,
            new ReplicaChanges(cluster, view, new PictureWait(view, new ManualEventLoop(clock), Duration.ofSeconds(5))),
            new JsonBodies(
                    JsonMapper.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .build(),
                    10_000));

    @Test
    void aMoveIsFoundInTheClusterInItsTopicAndAtItsPartition() {
        Move move = moves.ofPartition("-", "orders", 1, get("/topics/orders/partitions/1/reassignment"));

        assertThat(move.addingReplicas()).containsExactly(3);
        assertThat(move.removingReplicas()).containsExactly(1);
        assertThat(move.bytesPerSecond()).isEqualTo(ReplicatedCluster.THROTTLE);
        assertThat(moves.all("-", get("/topics/-/partitions/-/reassignment")).data())
                .containsExactly(move);
        assertThat(moves.ofTopic("-", "orders", get("/topics/orders/partitions/-/reassignment"))
                        .data())
                .containsExactly(move);
    }

    @Test
    void aPartitionThatIsNotMovedHasNoReassignment() {
        assertThatThrownBy(() -> moves.ofPartition("-", "orders", 0, get("/topics/orders/partitions/0/reassignment")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not being moved");
    }

    @Test
    void theReplicasOfABrokerAreListedOverAllTopics() {
        List<Replica> kept =
                replicas.onBroker("-", 3, get("/brokers/3/partition-replicas")).data();

        assertThat(kept).extracting(Replica::partitionId).containsExactly(0, 1, 2, 3);
        assertThat(kept).extracting(Replica::isInSync).containsExactly(true, false, false, false);
        assertThat(kept).extracting(Replica::isEligibleLeader).containsExactly(false, false, true, false);
    }

    @Test
    void eachReplicaTellsHowFarItIs() {
        clock.advance(Duration.ofHours(1));

        List<Status> statuses = replicas.ofPartition(
                        "-", "orders", 2, get("/topics/orders/partitions/2/replica-status"))
                .data();

        assertThat(statuses).extracting(Status::brokerId).containsExactly(2, 3, 4);
        assertThat(statuses).extracting(Status::isCaughtUp).containsExactly(true, false, false);
        assertThat(statuses).extracting(Status::lag).containsExactly(0L, 750L, null);
        assertThat(statuses).extracting(Status::logStartOffset).containsExactly(100L, null, null);
        assertThat(statuses)
                .extracting(Status::lastCaughtUpTimeMs)
                .containsExactly(clock.wallMillis(), clock.wallMillis() - 61_500, null);
    }

    @Test
    void aPartitionWithoutLeaderTellsItsReplicasWithoutFigures() {
        assertThat(replicas.ofTopic("-", "orders", get("/topics/orders/partitions/-/replica-status"))
                        .data())
                .hasSize(11)
                .last()
                .extracting(Status::partitionId, Status::brokerId, Status::logEndOffset)
                .containsExactly(3, 4, null);
    }

    @Test
    void partitionsAreMoved() throws IOException {
        ResponseEntity<Changes> answer = changes.reassign("-", post("""
                {"targets":[{"topic_name":"orders","partition_id":0,"broker_ids":[2,3,4]}],"bytes_per_second":1000}"""));

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(state(answer).replicas()).containsExactly(2, 3, 4, 1);
        assertThat(((ReassignPartitionsRequest) cluster.asked.getFirst()).bytesPerSecond())
                .isEqualTo(1_000);
    }

    @Test
    void whatCannotBeMovedIsToldBesideWhatCan() throws IOException {
        ResponseEntity<Changes> answer = changes.reassign("-", post("""
                {"validate_only":true,"targets":[
                  {"topic_name":"orders","partition_id":0,"broker_ids":[2]},
                  {"topic_name":"orders","partition_id":1,"broker_ids":[9]}]}"""));

        assertThat(answer.getStatusCode().value()).isEqualTo(207);
        assertThat(data(answer).getFirst().error()).isNull();
        assertThat(Objects.requireNonNull(data(answer).getLast().error()).kafkaError())
                .isEqualTo("INVALID_REPLICA_ASSIGNMENT");
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void allMovesAreCancelledWhenNoneIsNamed() throws IOException {
        assertThat(state(changes.cancel("-", post("{}"))).addingReplicas()).isEmpty();
    }

    @Test
    void leadersAreElected() throws IOException {
        ResponseEntity<Changes> answer = changes.elect("-", post("""
                {"election_type":"UNCLEAN","partitions":[{"topic_name":"orders","partition_id":3}]}"""));

        assertThat(state(answer).leaderId()).isEqualTo(3);
    }

    @Test
    void whatABodyLacksIsSaid() {
        assertThatThrownBy(() -> changes.elect("-", post("{}"))).hasMessageContaining("election_type");
        assertThatThrownBy(() -> changes.reassign("-", post("{}"))).hasMessageContaining("targets");
        assertThatThrownBy(() -> changes.cancel("-", post("{\"partitions\":[{\"topic_name\":\"orders\"}]}")))
                .hasMessageContaining("partition_id");
    }

    private static State state(ResponseEntity<Changes> answer) {
        assertThat(data(answer)).hasSize(1);
        return Objects.requireNonNull(data(answer).getFirst().state());
    }

    private static List<Change> data(ResponseEntity<Changes> answer) {
        return Objects.requireNonNull(answer.getBody()).data();
    }

    private static MockHttpServletRequest get(String below) {
        return new MockHttpServletRequest("GET", "/v3/clusters/-" + below);
    }

    private static MockHttpServletRequest post(String body) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v3/clusters/-/partitions:any");
        request.setContentType("application/json");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        try {
            new BodyRoom(10_000).doFilter(request, new MockHttpServletResponse(), (_, _) -> {});
        } catch (ServletException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        return request;
    }
}
