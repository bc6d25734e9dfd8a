package io.millrace.gateway.rest.cluster;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicName;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.routing.MetadataView;
import java.util.Optional;

/** Looks up what the first parts of a path name: {@code /v3/clusters/{c}} and {@code /topics/{t}} below it. */
public final class ClusterPath {
    /** Stands for the cluster that this gateway serves, so that callers need not know its id. */
    public static final String THIS_CLUSTER = "-";

    private final MetadataView view;

    public ClusterPath(MetadataView view) {
        this.view = view;
    }

    /** The picture of the cluster named, or a 404. */
    public ClusterImage cluster(String clusterId) {
        ClusterImage cluster = view.image();
        if (!view.isKnown()) {
            throw Refusals.problemOf(
                            new Refusal.ControllerNotAvailable("This gateway has not heard from the controller yet."))
                    .asException();
        }
        if (!clusterId.equals(THIS_CLUSTER) && !clusterId.equals(cluster.clusterId())) {
            throw Problem.of(
                            ProblemKind.UNKNOWN_CLUSTER,
                            "This gateway serves cluster " + cluster.clusterId() + ", also called '" + THIS_CLUSTER
                                    + "', and no cluster '" + clusterId + "'.")
                    .asException();
        }
        return cluster;
    }

    /** The topic named, or a 400 for a name that no topic can have, or a 404. */
    public TopicImage topic(ClusterImage cluster, String name) {
        Optional<String> illegal = TopicName.problemOf(name);
        if (illegal.isPresent()) {
            throw Refusals.problemOf(new Refusal.InvalidTopicName(name, illegal.get()))
                    .asException();
        }
        return cluster.topic(name)
                .orElseThrow(
                        () -> Refusals.problemOf(new Refusal.UnknownTopic(name)).asException());
    }
}
