package io.millrace.gateway.rest.admin;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.rest.admin.Links.Metadata;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/clusters/{c}/brokers}: every broker that has ever registered. */
@RestController
public final class BrokerResource {
    private final ClusterPath path;

    public BrokerResource(ClusterPath path) {
        this.path = path;
    }

    @GetMapping("/v3/clusters/{clusterId}/brokers")
    ResourceList<Broker> list(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        Links links = new Links(request, cluster.clusterId());
        return ResourceList.page(
                "KafkaBrokerList",
                cluster.brokers().values(),
                ResourceList.Key.number(BrokerImage::brokerId),
                broker -> Broker.of(links, broker),
                request);
    }

    @GetMapping("/v3/clusters/{clusterId}/brokers/{brokerId}")
    Broker get(@PathVariable String clusterId, @PathVariable int brokerId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        BrokerImage broker = cluster.brokers().get(brokerId);
        if (broker == null) {
            throw Refusals.problemOf(new Refusal.UnknownBroker(brokerId)).asException();
        }
        return Broker.of(new Links(request, cluster.clusterId()), broker);
    }

    /**
     * The JSON shape of a broker.
     *
     * @param host where other processes reach it, or null when it shares a process with the gateway
     * @param fenced true while it must not lead
     */
    record Broker(
            String kind,
            Metadata metadata,
            String clusterId,
            int brokerId,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String rack,
            boolean fenced) {
        static Broker of(Links links, BrokerImage broker) {
            int id = broker.brokerId();
            Endpoint endpoint = broker.endpoints().stream()
                    .filter(candidate -> candidate.port() > 0)
                    .findFirst()
                    .orElse(null);
            return new Broker(
                    "KafkaBroker",
                    links.metadata("/brokers/" + id, "broker=" + id),
                    links.clusterId(),
                    id,
                    endpoint == null ? null : endpoint.host(),
                    endpoint == null ? null : endpoint.port(),
                    broker.rack(),
                    broker.fenced());
        }
    }
}
