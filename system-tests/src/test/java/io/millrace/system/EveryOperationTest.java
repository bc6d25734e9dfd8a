package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.millrace.system.client.Answer;
import io.millrace.system.client.Grpc;
import io.millrace.system.client.Rest;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.contract.GrpcStep;
import io.millrace.system.contract.Likeness;
import io.millrace.system.contract.RestStep;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.GetClusterRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any gateway serves any request, and says the same as any other. */
class EveryOperationTest {
    private static final Duration PICTURE_LIMIT = Duration.ofSeconds(10);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withLongLeases();

    private final Cluster cluster = RUNNING.get();
    private List<Grpc> channels = List.of();

    @BeforeEach
    void connect() {
        cluster.start();
        channels = cluster.gateways().stream()
                .map(gateway -> Grpc.to(gateway.grpcPort()))
                .toList();
    }

    @AfterEach
    void disconnect() {
        channels.forEach(Grpc::close);
    }

    @Test
    void theExamplesAreOfEveryRestOperationInTheContract() throws Exception {
        Rest gateway = cluster.rest(cluster.gateway(1));
        String contract = gateway.send(gateway.requestOf("/openapi").GET()).body();

        assertThat(RestStep.on("any", 1).stream().map(RestStep::operation).collect(Collectors.toSet()))
                .isEqualTo(RestStep.operationsOf(contract));
    }

    @Test
    void theExamplesAreOfEveryGrpcMethodInTheContract() {
        assertThat(GrpcStep.on("any").stream().map(GrpcStep::method).collect(Collectors.toSet()))
                .isEqualTo(GrpcStep.methods());
    }

    @Test
    void everyRestOperationHasTheSameResultWhicheverGatewaysTurnItIsAndWhenOneIsKilledInBetween() throws Exception {
        List<String> once = restRound("rest-a", 0, () -> {});
        List<String> theOtherWayRound = restRound("rest-b", 1, () -> {});
        List<String> withLoss =
                restRound("rest-c", 0, () -> cluster.gateway(2).process().kill());

        assertThat(theOtherWayRound).containsExactlyElementsOf(once);
        assertThat(withLoss).containsExactlyElementsOf(once);
    }

    @Test
    void everyGrpcMethodHasTheSameResultWhicheverGatewaysTurnItIsAndWhenOneIsKilledInBetween() throws Exception {
        List<String> once = grpcRound("grpc-a", 0, () -> {});
        List<String> theOtherWayRound = grpcRound("grpc-b", 1, () -> {});
        List<String> withLoss =
                grpcRound("grpc-c", 0, () -> cluster.gateway(1).process().kill());

        assertThat(theOtherWayRound).containsExactlyElementsOf(once);
        assertThat(withLoss).containsExactlyElementsOf(once);
    }

    /** Sends all examples, each to the next gateway, and something happens in the middle. Returns what stays the same. */
    private List<String> restRound(String topic, int first, Runnable inTheMiddle) throws Exception {
        cluster.rest(cluster.gateway(1 + first)).createTopic(topic, 2);
        awaitSamePicture();
        int leader = channels.get(first).partitions(topic).getFirst().getLeader();
        List<RestStep> steps = RestStep.on(topic, leader);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i == steps.size() / 2) {
                inTheMiddle.run();
            }
            RestStep step = steps.get(i);
            Answer answer = askInTurn(step, i + first);
            assertThat(answer.status()).as("%s: %s", step, answer).isEqualTo(step.status());
            results.add(step.operation() + " " + answer.status() + " " + Likeness.ofRest(answer.body(), topic));
            if (step.changesMetadata()) {
                awaitSamePicture();
            }
        }
        return results;
    }

    /** The answer of the gateway whose turn it is, or of the other one when that is gone. */
    private Answer askInTurn(RestStep step, int turn) throws IOException, InterruptedException {
        Gateway next = cluster.gateways().get(turn % cluster.gateways().size());
        try {
            return step.ask(cluster.rest(next));
        } catch (IOException gone) {
            assertThat(next.process().isRunning()).as("%s: %s", step, gone).isFalse();
            Gateway other =
                    cluster.gateways().get((turn + 1) % cluster.gateways().size());
            return step.ask(cluster.rest(other));
        }
    }

    private List<String> grpcRound(String topic, int first, Runnable inTheMiddle) throws Exception {
        channels.get(first).createTopic(topic, 2, 1);
        awaitSamePicture();
        List<GrpcStep> steps = GrpcStep.on(topic);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i == steps.size() / 2) {
                inTheMiddle.run();
            }
            GrpcStep step = steps.get(i);
            results.add(step.method() + " " + Likeness.ofGrpc(callInTurn(step, i + first), topic));
            if (step.changesMetadata()) {
                awaitSamePicture();
            }
        }
        return results;
    }

    private String callInTurn(GrpcStep step, int turn) {
        try {
            return step.call().apply(channels.get(turn % channels.size()));
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).as("%s: %s", step.method(), e).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(cluster.gateways().get(turn % channels.size()).process().isRunning())
                    .as("%s: %s", step.method(), e)
                    .isFalse();
            return step.call().apply(channels.get((turn + 1) % channels.size()));
        }
    }

    /** Waits until the gateways that run have the same picture: a change is answered when one gateway sees it. */
    private void awaitSamePicture() {
        Await.until(
                "all gateways to have the same picture",
                PICTURE_LIMIT,
                () -> channels.stream()
                        .filter(channel -> cluster.gateways()
                                .get(channels.indexOf(channel))
                                .process()
                                .isRunning())
                        .map(channel -> ClusterServiceGrpc.newBlockingStub(channel.channel())
                                .getCluster(GetClusterRequest.getDefaultInstance())
                                .getMetadataVersion())
                        .distinct()
                        .toList(),
                versions -> versions.size() == 1);
    }
}
