package io.millrace.simulation.run;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimController;
import io.millrace.simulation.cluster.SimGateway;

/**
 * Everybody serves again: one controller decides, no broker is fenced, every partition is led, in full sync, and where it shall be.
 * Pictures show a broker that has lost its power as serving until its lease has run out, so each has to be the very process that
 * they show.
 */
final class Convergence implements Proof {
    private final SimCluster cluster;

    Convergence(SimCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public boolean converged() {
        return missing().isEmpty();
    }

    @Override
    public String missing() {
        if (cluster.controllers().stream().filter(SimController::leads).count() != 1) {
            return "one controller that decides";
        }
        for (SimGateway gateway : cluster.gateways()) {
            Front front = gateway.front();
            String missing =
                    front == null ? "a gateway" : missingIn(front.view().image());
            if (!missing.isEmpty()) {
                return missing + ", as " + gateway + " sees it";
            }
        }
        return "";
    }

    private String missingIn(ClusterImage image) {
        for (SimBroker broker : cluster.brokers()) {
            BrokerImage shown = image.brokers().get(broker.id());
            if (shown == null || shown.fenced() || !broker.isRegisteredUnder(shown.brokerEpoch())) {
                return "broker " + broker.id();
            }
        }
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                if (partition.leader() == PartitionImage.NO_LEADER
                        || partition.reassignment() != null
                        || partition.inSyncReplicas().size()
                                != partition.replicas().size()) {
                    return "leader or replicas of partition " + topic.name() + "-" + partition.partition() + ": "
                            + partition;
                }
            }
        }
        return "";
    }
}
