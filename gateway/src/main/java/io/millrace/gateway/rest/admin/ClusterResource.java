package io.millrace.gateway.rest.admin;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.admin.Links.Related;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/clusters}: the one cluster that this gateway serves. */
@RestController
public final class ClusterResource {
    private final ClusterPath path;
    private final ControllerApi controller;

    public ClusterResource(ClusterPath path, ControllerApi controller) {
        this.path = path;
        this.controller = controller;
    }

    @GetMapping("/v3/clusters")
    ResourceList<Cluster> list(HttpServletRequest request) {
        ClusterImage cluster = path.cluster(ClusterPath.THIS_CLUSTER);
        return ResourceList.page(
                "KafkaClusterList",
                List.of(cluster),
                ResourceList.Key.name(ClusterImage::clusterId),
                image -> Cluster.of(new Links(request, image.clusterId()), image, controller.standing()),
                request);
    }

    @GetMapping("/v3/clusters/{clusterId}")
    Cluster get(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return Cluster.of(new Links(request, cluster.clusterId()), cluster, controller.standing());
    }

    /**
     * The JSON shape of a cluster. It lacks the REST Proxy's link to the controller: that one leads to a broker, and no
     * controller here is one.
     *
     * @param controllerId of the controller that decides, or null while none is known
     * @param controllerSuspended true while that one cannot reach its log and decides nothing
     */
    record Cluster(
            String kind,
            Metadata metadata,
            String clusterId,
            @Nullable String controllerId,
            int controllerEpoch,
            boolean controllerSuspended,
            Related brokers,
            Related topics,
            Related health) {
        static Cluster of(Links links, ClusterImage cluster, ControllerStanding standing) {
            ControllerStanding.ActiveController active = standing.active();
            return new Cluster(
                    "KafkaCluster",
                    links.metadata(""),
                    cluster.clusterId(),
                    active == null ? null : active.id(),
                    active == null ? cluster.controllerEpoch() : active.epoch(),
                    standing.suspended(),
                    links.related("/brokers"),
                    links.related("/topics"),
                    links.related("/health"));
        }
    }
}
