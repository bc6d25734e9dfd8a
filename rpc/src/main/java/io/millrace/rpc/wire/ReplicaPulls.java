package io.millrace.rpc.wire;

import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaPull;
import io.millrace.internal.v1.ReplicateRequest;
import io.millrace.internal.v1.StillHere;
import java.util.ArrayList;
import java.util.List;

/** What a follower says in a session. */
public final class ReplicaPulls {
    /** Most positions of one message: more partitions than a broker has. */
    public static final int POSITIONS_MAX = 100_000;

    /** Nothing new. */
    public static final ReplicateRequest STILL_HERE = ReplicateRequest.newBuilder()
            .setStillHere(StillHere.getDefaultInstance())
            .build();

    private ReplicaPulls() {}

    /** Cannot fail. */
    public static ReplicateRequest encode(ReplicaHello hello) {
        return ReplicateRequest.newBuilder()
                .setHello(io.millrace.internal.v1.ReplicaHello.newBuilder()
                        .setClusterId(hello.clusterId())
                        .setFromBroker(hello.fromBroker())
                        .setFromBrokerEpoch(hello.fromBrokerEpoch())
                        .setToBroker(hello.toBroker())
                        .setToBrokerEpoch(hello.toBrokerEpoch()))
                .build();
    }

    /** Refuses brokers and clusters that cannot be. */
    public static ReplicaHello decode(io.millrace.internal.v1.ReplicaHello from) throws MalformedMessageException {
        if (from.getFromBroker() < 0 || from.getToBroker() < 0) {
            throw new MalformedMessageException("Brokers are numbered from 0; a session from broker "
                    + from.getFromBroker() + " to broker " + from.getToBroker() + " is impossible.");
        }
        return new ReplicaHello(
                Endpoints.text("A cluster id", from.getClusterId()),
                from.getFromBroker(),
                from.getFromBrokerEpoch(),
                from.getToBroker(),
                from.getToBrokerEpoch());
    }

    /** Cannot fail. */
    public static ReplicateRequest encode(ReplicaPull pull) {
        io.millrace.internal.v1.ReplicaPull.Builder to =
                io.millrace.internal.v1.ReplicaPull.newBuilder().setControllerEpoch(pull.controllerEpoch());
        for (ReplicaPull.Position position : pull.positions()) {
            to.addPositionsBuilder()
                    .setTopicId(Ids.encode(position.topicId()))
                    .setPartition(position.partition())
                    .setLeaderEpoch(position.leaderEpoch())
                    .setFetchOffset(position.fetchOffset())
                    .setLastFetchedEpoch(position.lastFetchedEpoch())
                    .setDurableEnd(position.durableEnd())
                    .setWants(encode(position.wants()));
        }
        return ReplicateRequest.newBuilder().setPull(to).build();
    }

    /** Refuses positions in no log, and lists without an end. */
    public static ReplicaPull decode(io.millrace.internal.v1.ReplicaPull from) throws MalformedMessageException {
        if (from.getPositionsCount() > POSITIONS_MAX) {
            throw new MalformedMessageException("A message has at most " + POSITIONS_MAX + " positions; this one has "
                    + from.getPositionsCount() + ".");
        }
        List<ReplicaPull.Position> positions = new ArrayList<>(from.getPositionsCount());
        for (io.millrace.internal.v1.ReplicaPull.Position position : from.getPositionsList()) {
            positions.add(decode(position));
        }
        return new ReplicaPull(from.getControllerEpoch(), positions);
    }

    private static ReplicaPull.Position decode(io.millrace.internal.v1.ReplicaPull.Position from)
            throws MalformedMessageException {
        boolean possible = from.getPartition() >= 0
                && from.getFetchOffset() >= 0
                && from.getDurableEnd() >= 0
                && from.getLastFetchedEpoch() >= ReplicaPull.NO_EPOCH;
        if (!possible) {
            throw new MalformedMessageException("A position in partition " + from.getPartition() + " at offset "
                    + from.getFetchOffset() + " behind epoch " + from.getLastFetchedEpoch() + ", durable up to "
                    + from.getDurableEnd() + ", is impossible.");
        }
        return new ReplicaPull.Position(
                Ids.decodeTopicId(from.getTopicId()),
                from.getPartition(),
                from.getLeaderEpoch(),
                from.getFetchOffset(),
                from.getLastFetchedEpoch(),
                from.getDurableEnd(),
                decode(from.getWants()));
    }

    private static io.millrace.internal.v1.ReplicaPull.Wants encode(ReplicaPull.Wants wants) {
        return switch (wants) {
            case RECORDS -> io.millrace.internal.v1.ReplicaPull.Wants.WANTS_RECORDS;
            case NOTHING -> io.millrace.internal.v1.ReplicaPull.Wants.WANTS_NOTHING;
            case TO_LEAVE -> io.millrace.internal.v1.ReplicaPull.Wants.WANTS_TO_LEAVE;
        };
    }

    private static ReplicaPull.Wants decode(io.millrace.internal.v1.ReplicaPull.Wants wants)
            throws MalformedMessageException {
        return switch (wants) {
            case WANTS_RECORDS -> ReplicaPull.Wants.RECORDS;
            case WANTS_NOTHING -> ReplicaPull.Wants.NOTHING;
            case WANTS_TO_LEAVE -> ReplicaPull.Wants.TO_LEAVE;
            case WANTS_UNSPECIFIED, UNRECOGNIZED ->
                throw new MalformedMessageException("A position wants something that this version does not know.");
        };
    }
}
