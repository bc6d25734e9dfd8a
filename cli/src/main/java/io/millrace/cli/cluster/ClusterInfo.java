package io.millrace.cli.cluster;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputOption;
import io.millrace.cli.output.Table;
import io.millrace.cli.session.Session;
import io.millrace.v1.Broker;
import io.millrace.v1.Controller;
import io.millrace.v1.GetClusterRequest;
import io.millrace.v1.GetClusterResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `millrace cluster info`. */
@Command(name = "info", description = "Show the cluster's id, its brokers and how much is in it.")
final class ClusterInfo implements Runnable {
    private final Session session;

    @Mixin
    private OutputOption output = new OutputOption();

    ClusterInfo(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var cluster =
                session.ask(connection -> connection.cluster().getCluster(GetClusterRequest.getDefaultInstance()));
        session.print(output.format(), new Answer(data(cluster), () -> table(cluster)));
    }

    private static Map<String, Object> data(GetClusterResponse cluster) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("cluster_id", cluster.getClusterId());
        data.put("controller", cluster.hasController() ? controller(cluster.getController()) : null);
        data.put("controller_epoch", cluster.getControllerEpoch());
        data.put("metadata_version", cluster.getMetadataVersion());
        data.put("topic_count", cluster.getTopicCount());
        data.put("partition_count", cluster.getPartitionCount());
        data.put(
                "brokers",
                cluster.getBrokersList().stream().map(BrokerAnswer::data).toList());
        return data;
    }

    private static Map<String, Object> controller(Controller controller) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("controller_id", controller.getControllerId());
        data.put("host", controller.getHost());
        data.put("port", controller.getPort());
        data.put("epoch", controller.getEpoch());
        data.put("suspended", controller.getSuspended());
        return data;
    }

    private static String shown(Controller controller) {
        String place = controller.getPort() == 0
                ? "in the gateway's process"
                : "at " + controller.getHost() + ":" + controller.getPort();
        String name = controller.getControllerId().isEmpty() ? place : controller.getControllerId() + " " + place;
        return controller.getSuspended() ? name + ", suspended: it has lost ZooKeeper" : name;
    }

    private static String table(GetClusterResponse cluster) {
        long alive = cluster.getBrokersList().stream().filter(Broker::getAlive).count();
        return new Table()
                .row("cluster", cluster.getClusterId())
                .row("brokers", alive + " alive of " + cluster.getBrokersCount())
                .row("topics", cluster.getTopicCount())
                .row("partitions", cluster.getPartitionCount())
                .row("controller", cluster.hasController() ? shown(cluster.getController()) : "none is known")
                .row("controller epoch", cluster.getControllerEpoch())
                .row("metadata version", cluster.getMetadataVersion())
                .toString();
    }
}
