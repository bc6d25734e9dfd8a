package io.millrace.gateway.rest.admin;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.Links.Related;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/clusters}: the one cluster that this gateway serves. */
@RestController
public final class ClusterResource {
    private final ClusterPath path;

    public ClusterResource(ClusterPath path) {
        this.path = path;
    }

    @GetMapping("/v3/clusters")
    ResourceList<Cluster> list(HttpServletRequest request) {
        ClusterImage cluster = path.cluster(ClusterPath.THIS_CLUSTER);
        return ResourceList.page(
                "KafkaClusterList",
                List.of(cluster),
                ResourceList.Key.name(ClusterImage::clusterId),
                image -> Cluster.of(new Links(request, image.clusterId()), image),
                request);
    }

    @GetMapping("/v3/clusters/{clusterId}")
    Cluster get(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return Cluster.of(new Links(request, cluster.clusterId()), cluster);
    }

    /** The JSON shape of a cluster. */
    record Cluster(
            String kind,
            Metadata metadata,
            String clusterId,
            int controllerEpoch,
            Related brokers,
            Related topics,
            Related health) {
        static Cluster of(Links links, ClusterImage cluster) {
            return new Cluster(
                    "KafkaCluster",
                    links.metadata(""),
                    cluster.clusterId(),
                    cluster.controllerEpoch(),
                    links.related("/brokers"),
                    links.related("/topics"),
                    links.related("/health"));
        }
    }
}
