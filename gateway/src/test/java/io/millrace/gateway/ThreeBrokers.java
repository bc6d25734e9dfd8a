package io.millrace.gateway;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.model.Endpoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A controller that shows brokers in processes of their own: 0 in rack a, 1 in rack b, and 2, which does not say and is down. */
public final class ThreeBrokers extends ForwardingController {
    private final ClusterImage image;
    private final ControllerStanding standing;

    public ThreeBrokers(ControllerStanding standing) {
        super(new InMemoryController());
        this.standing = standing;
        image = ClusterImage.empty("cluster")
                .apply(new ClusterDelta(1, 1, List.of(broker(0, "a"), broker(1, "b"), broker(2, null))));
    }

    @Override
    public ControllerStanding standing() {
        return standing;
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        listener.onSnapshot(image);
        return () -> {};
    }

    @Override
    public ClusterImage image() {
        return image;
    }

    private static MetadataChange broker(int id, @Nullable String rack) {
        List<Endpoint> endpoints = List.of(new Endpoint("internal", "broker-" + id, 19092 + id));
        return new MetadataChange.Put(new BrokerImage(id, new UUID(0, id), 1, rack, endpoints, rack == null));
    }
}
