package io.millrace.gateway.grpc;

import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.health.HealthReport;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.v1.Broker;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.Controller;
import io.millrace.v1.FailedLogDirectory;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetClusterResponse;
import io.millrace.v1.GetHealthRequest;
import io.millrace.v1.GetHealthResponse;
import io.millrace.v1.LogDirectory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Serves ClusterService. Safe for any thread; blocks none. */
public final class ClusterEndpoint extends ClusterServiceGrpc.ClusterServiceImplBase {
    private final MetadataView view;
    private final BrokerApi brokers;
    private final ControllerApi controller;
    private final ClusterHealth health;

    public ClusterEndpoint(MetadataView view, BrokerApi brokers, ControllerApi controller, ClusterHealth health) {
        this.view = view;
        this.brokers = brokers;
        this.controller = controller;
        this.health = health;
    }

    @Override
    public void getCluster(GetClusterRequest request, StreamObserver<GetClusterResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> brokers.logDirectories()
                        .exceptionally(unreachable -> List.of())
                        .thenApply(Outcome::done),
                directories -> cluster(view.image(), directories, controller.standing()));
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
        UnaryCall.answer(observer, () -> health.check().thenApply(Outcome::done), ClusterEndpoint::health);
    }

    static GetClusterResponse cluster(
            ClusterImage image, List<LogDirectoryStatus> directories, ControllerStanding standing) {
        Map<Integer, Integer> led = new TreeMap<>();
        Map<Integer, Integer> kept = new TreeMap<>();
        int partitions = 0;
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                partitions++;
                led.merge(partition.leader(), 1, Integer::sum);
                partition.replicas().forEach(replica -> kept.merge(replica, 1, Integer::sum));
            }
        }
        GetClusterResponse.Builder response = GetClusterResponse.newBuilder()
                .setClusterId(image.clusterId())
                .setControllerEpoch(image.controllerEpoch())
                .setMetadataVersion(image.version())
                .setTopicCount(image.topics().size())
                .setPartitionCount(partitions);
        for (BrokerImage broker : image.brokers().values()) {
            int id = broker.brokerId();
            response.addBrokers(broker(broker)
                    .setLeaderCount(led.getOrDefault(id, 0))
                    .setReplicaCount(kept.getOrDefault(id, 0))
                    .addAllLogDirectories(directories(id, directories)));
        }
        ControllerStanding.ActiveController active = standing.active();
        if (active != null) {
            response.setController(controller(active).setSuspended(standing.suspended()));
        }
        return response.build();
    }

    private static Controller.Builder controller(ControllerStanding.ActiveController active) {
        return Controller.newBuilder()
                .setControllerId(active.id())
                .setHost(active.port() > 0 ? active.host() : "")
                .setPort(active.port())
                .setEpoch(active.epoch());
    }

    private static Broker.Builder broker(BrokerImage broker) {
        Broker.Builder message = Broker.newBuilder()
                .setBrokerId(broker.brokerId())
                .setRack(Objects.requireNonNullElse(broker.rack(), ""))
                .setAlive(!broker.fenced());
        broker.endpoints().stream()
                .filter(endpoint -> endpoint.port() > 0)
                .findFirst()
                .ifPresent(endpoint -> message.setHost(endpoint.host()).setPort(endpoint.port()));
        return message;
    }

    private static List<LogDirectory> directories(int brokerId, List<LogDirectoryStatus> directories) {
        return directories.stream()
                .filter(directory -> directory.brokerId() == brokerId)
                .map(directory -> LogDirectory.newBuilder()
                        .setPath(directory.path())
                        .setFailure(Objects.requireNonNullElse(directory.failure(), ""))
                        .setPartitionCount(directory.partitionCount())
                        .setLogBytes(directory.logBytes())
                        .setUsableBytes(directory.usableBytes())
                        .build())
                .toList();
    }

    private static GetHealthResponse health(HealthReport report) {
        GetHealthResponse.Builder response = GetHealthResponse.newBuilder()
                .setHealthy(report.healthy())
                .setControllerId(report.controllerId().orElse(""))
                .addAllReasons(report.reasons())
                .addAllNotes(report.notes())
                .addAllBrokersDown(report.brokersDown())
                .addAllOfflinePartitions(names(report.offlinePartitions()))
                .addAllUnderReplicatedPartitions(names(report.underReplicatedPartitions()))
                .addAllUnderMinIsrPartitions(names(report.underMinIsrPartitions()))
                .addAllReassigningPartitions(names(report.reassigningPartitions()))
                .addAllUncleanElectionPartitions(names(report.uncleanElectionPartitions()));
        report.failedLogDirectories()
                .forEach(directory -> response.addFailedLogDirectories(FailedLogDirectory.newBuilder()
                        .setBrokerId(directory.brokerId())
                        .setPath(directory.path())
                        .setFailure(Objects.requireNonNullElse(directory.failure(), ""))));
        return response.build();
    }

    private static List<io.millrace.v1.TopicPartition> names(List<TopicPartition> partitions) {
        return partitions.stream().map(Partitions::message).toList();
    }
}
