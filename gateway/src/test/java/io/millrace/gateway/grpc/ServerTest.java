package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetClusterResponse;
import io.millrace.v1.GetHealthRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {
    /** Of the broker that the controller in memory begins with. */
    private static final long FIRST_BROKER_EPOCH = 1;

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
    void theHealthServiceSaysThatItServesAsSoonAsTheProcessIsReady() {
        GrpcDoor fresh = GrpcDoor.openOnce(
                "--spring.grpc.server.health.schedule.delay=1h", "--millrace.gateway.health-patience=30s");
        try {
            assertThat(servingStatus(fresh)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        } finally {
            fresh.close();
        }
    }

    @Test
    void theHealthServiceLooksAgainByItself() throws InterruptedException {
        GrpcDoor fresh = GrpcDoor.openOnce("--millrace.gateway.health-patience=30s");
        try {
            fresh.controller()
                    .heartbeat(new BrokerHeartbeat(InMemoryController.BROKER_ID, FIRST_BROKER_EPOCH, 0, true))
                    .join();

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (servingStatus(fresh) != HealthCheckResponse.ServingStatus.NOT_SERVING) {
                assertThat(System.nanoTime())
                        .as("time to notice that the broker leaves")
                        .isLessThan(deadline);
                Thread.sleep(20);
            }
        } finally {
            fresh.close();
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

    private static HealthCheckResponse.ServingStatus servingStatus(GrpcDoor asked) {
        return HealthGrpc.newBlockingStub(asked.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }
}
