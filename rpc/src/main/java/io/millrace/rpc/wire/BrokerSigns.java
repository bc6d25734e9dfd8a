package io.millrace.rpc.wire;

import com.google.protobuf.ByteString;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.internal.v1.HeartbeatRequest;
import io.millrace.internal.v1.HeartbeatResponse;
import io.millrace.internal.v1.RegisterBrokerRequest;
import io.millrace.internal.v1.RegisterBrokerResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a broker tells of itself to the controller, and what it gets back. */
public final class BrokerSigns {
    /** Most log directories of one broker. */
    public static final int DIRECTORIES_MAX = 1_000;

    private BrokerSigns() {}

    /** Cannot fail. */
    public static RegisterBrokerRequest encode(BrokerRegistration registration) {
        RegisterBrokerRequest.Builder to = RegisterBrokerRequest.newBuilder()
                .setBrokerId(registration.brokerId())
                .setIncarnation(Ids.encode(registration.incarnation()))
                .addAllEndpoints(Endpoints.encode(registration.endpoints()))
                .addAllDirectoryIds(Ids.encode(registration.directoryIds()));
        if (registration.clusterId() != null) {
            to.setClusterId(registration.clusterId());
        }
        if (registration.rack() != null) {
            to.setRack(registration.rack());
        }
        return to.build();
    }

    /** Refuses ids that are none, endpoints that cannot be, and lists and texts without an end. */
    public static BrokerRegistration decode(RegisterBrokerRequest from) throws MalformedMessageException {
        return new BrokerRegistration(
                from.getBrokerId(),
                from.hasClusterId() ? Endpoints.text("A cluster id", from.getClusterId()) : null,
                Ids.decode(from.getIncarnation()),
                from.hasRack() ? Endpoints.text("A rack", from.getRack()) : null,
                Endpoints.reachable(Endpoints.decode(from.getEndpointsList())),
                directories(from.getDirectoryIdsList()));
    }

    static List<UUID> directories(List<ByteString> from) throws MalformedMessageException {
        return Ids.decode("The log directories of a broker", from, DIRECTORIES_MAX);
    }

    /** Cannot fail. */
    public static RegisterBrokerResponse.Registered encode(BrokerRegistered registered) {
        return RegisterBrokerResponse.Registered.newBuilder()
                .setClusterId(registered.clusterId())
                .setBrokerEpoch(registered.brokerEpoch())
                .build();
    }

    /** Refuses a registration in no cluster. */
    public static BrokerRegistered decode(RegisterBrokerResponse.Registered from) throws MalformedMessageException {
        return new BrokerRegistered(Endpoints.text("A cluster id", from.getClusterId()), from.getBrokerEpoch());
    }

    /** Cannot fail. */
    public static HeartbeatRequest encode(BrokerHeartbeat heartbeat) {
        return HeartbeatRequest.newBuilder()
                .setBrokerId(heartbeat.brokerId())
                .setBrokerEpoch(heartbeat.brokerEpoch())
                .setMetadataVersion(heartbeat.metadataVersion())
                .setWantsShutdown(heartbeat.wantsShutdown())
                .build();
    }

    /** Cannot fail. */
    public static BrokerHeartbeat decode(HeartbeatRequest from) {
        return new BrokerHeartbeat(
                from.getBrokerId(), from.getBrokerEpoch(), from.getMetadataVersion(), from.getWantsShutdown());
    }

    /** The epoch is that of the controller that grants the lease. */
    public static HeartbeatResponse.Lease encode(BrokerLease lease, int controllerEpoch, boolean suspended) {
        return HeartbeatResponse.Lease.newBuilder()
                .setValidForMillis(lease.validFor().toMillis())
                .setFenced(lease.fenced())
                .setControllerEpoch(controllerEpoch)
                .setSuspended(suspended)
                .build();
    }

    /** Refuses a lease that ends before it begins. */
    public static BrokerLease decode(HeartbeatResponse.Lease from) throws MalformedMessageException {
        if (from.getValidForMillis() < 0) {
            throw new MalformedMessageException("A lease is valid for " + from.getValidForMillis() + " ms.");
        }
        return new BrokerLease(Duration.ofMillis(from.getValidForMillis()), from.getFenced());
    }
}
