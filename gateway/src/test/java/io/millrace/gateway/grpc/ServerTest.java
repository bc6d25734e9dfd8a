package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetClusterResponse;
import io.millrace.v1.GetHealthRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {
    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void reflectionListsOurServices() throws InterruptedException {
        ReceivedStream<ServerReflectionResponse> answers = new ReceivedStream<>();
        var questions = ServerReflectionGrpc.newStub(door.channel()).serverReflectionInfo(answers);
        questions.onNext(
                ServerReflectionRequest.newBuilder().setListServices("").build());
        questions.onCompleted();

        List<String> services = answers.next().getListServicesResponse().getServiceList().stream()
                .map(ServiceResponse::getName)
                .toList();

        assertThat(services)
                .contains(
                        "millrace.v1.ProducerService",
                        "millrace.v1.ConsumerService",
                        "millrace.v1.TopicService",
                        "millrace.v1.ClusterService",
                        "grpc.health.v1.Health");
    }

    @Test
    void theHealthServiceSaysThatItServes() throws InterruptedException {
        // The verdict is looked at every few seconds, so the first one may be of a cluster that was about to start.
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (servingStatus() != HealthCheckResponse.ServingStatus.SERVING) {
            assertThat(System.nanoTime()).as("time to serve").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void theClusterHasItsBroker() {
        door.newTopic(3);

        GetClusterResponse cluster = door.cluster().getCluster(GetClusterRequest.getDefaultInstance());

        assertThat(cluster.getBrokersList()).singleElement().satisfies(broker -> {
            assertThat(broker.getAlive()).isTrue();
            assertThat(broker.getLeaderCount()).isEqualTo(cluster.getPartitionCount());
        });
    }

    @Test
    void aClusterWithoutTroubleIsHealthy() {
        assertThat(door.cluster()
                        .getHealth(GetHealthRequest.getDefaultInstance())
                        .getHealthy())
                .isTrue();
    }

    @Test
    void callsAreTimedByOperationAndStatus() {
        door.cluster().getHealth(GetHealthRequest.getDefaultInstance());

        assertThat(door.meters()
                        .get("millrace.gateway.request")
                        .tags("api", "grpc", "operation", "ClusterService.GetHealth", "status", "OK")
                        .timer()
                        .count())
                .isPositive();
    }

    private HealthCheckResponse.ServingStatus servingStatus() {
        return HealthGrpc.newBlockingStub(door.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }
}
