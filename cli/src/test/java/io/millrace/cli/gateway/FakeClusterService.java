package io.millrace.cli.gateway;

import io.grpc.stub.StreamObserver;
import io.millrace.v1.Broker;
import io.millrace.v1.ClusterServiceGrpc;
import io.millrace.v1.Controller;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetClusterResponse;
import io.millrace.v1.GetHealthRequest;
import io.millrace.v1.GetHealthResponse;
import io.millrace.v1.LogDirectory;
import io.millrace.v1.TopicPartition;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One broker, whose health a test decides. */
public final class FakeClusterService extends ClusterServiceGrpc.ClusterServiceImplBase {
    private final List<Broker> others = new CopyOnWriteArrayList<>();
    private volatile boolean healthy = true;
    private volatile List<String> notes = List.of();
    private volatile Controller controller =
            Controller.newBuilder().setControllerId("controller-0").setEpoch(3).build();

    public void fallIll() {
        healthy = false;
    }

    /** Something is worth knowing. */
    public void note(String sentence) {
        notes = List.of(sentence);
    }

    /** Another broker joins, in a process of its own. */
    public void join(int brokerId, String rack) {
        others.add(Broker.newBuilder()
                .setBrokerId(brokerId)
                .setHost("broker-" + brokerId)
                .setPort(19092)
                .setRack(rack)
                .setAlive(true)
                .build());
    }

    /** The controller runs in a process of its own, and has lost ZooKeeper. */
    public void suspendController() {
        controller = Controller.newBuilder()
                .setControllerId("controller-2")
                .setHost("host-2")
                .setPort(19093)
                .setEpoch(3)
                .setSuspended(true)
                .build();
    }

    @Override
    public void getCluster(GetClusterRequest request, StreamObserver<GetClusterResponse> answer) {
        answer.onNext(GetClusterResponse.newBuilder()
                .setClusterId("mill-1")
                .setTopicCount(2)
                .setPartitionCount(5)
                .setControllerEpoch(3)
                .setMetadataVersion(17)
                .setController(controller)
                .addBrokers(Broker.newBuilder()
                        .setAlive(true)
                        .setLeaderCount(5)
                        .setReplicaCount(5)
                        .addLogDirectories(LogDirectory.newBuilder()
                                .setPath("/data/broker")
                                .setPartitionCount(5)
                                .setLogBytes(1234)
                                .setUsableBytes(99_999)))
                .addAllBrokers(others)
                .build());
        answer.onCompleted();
    }

    @Override
    public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> answer) {
        GetHealthResponse.Builder health =
                GetHealthResponse.newBuilder().setHealthy(healthy).addAllNotes(notes);
        if (!healthy) {
            health.addReasons("Broker 0 is down.")
                    .addBrokersDown(0)
                    .addOfflinePartitions(
                            TopicPartition.newBuilder().setTopic("orders").setPartition(1));
        }
        answer.onNext(health.build());
        answer.onCompleted();
    }
}
