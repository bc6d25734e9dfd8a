package io.millrace.broker.replication.follower;

import io.millrace.core.api.ReplicaPull;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The sessions of this broker with the brokers that lead partitions of its. Safe for all threads. */
public final class LeaderLinks {
    private final LinkSurroundings surroundings;
    private final NavigableMap<Integer, LeaderLink> links = new ConcurrentSkipListMap<>();
    private final ReassignmentThrottle throttle = new ReassignmentThrottle();
    private volatile ClusterImage picture = ClusterImage.empty("");
    private volatile boolean closed;

    public LeaderLinks(LinkSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The latest picture: who the leaders are, and under which epochs they and this broker are registered. */
    public void show(ClusterImage image) {
        picture = image;
        links.values().forEach(LeaderLink::pictureChanged);
    }

    /**
     * Whether the picture shows the registration of this process. Then it is newer than all that earlier processes of this
     * broker have seen; a controller that is behind may show an older one.
     */
    public boolean showsThisRegistration() {
        BrokerImage self = picture.brokers().get(surroundings.brokerId());
        return self != null && self.brokerEpoch() == surroundings.brokerEpoch().getAsLong();
    }

    ClusterImage picture() {
        return picture;
    }

    /** The partition follows that leader: it hears of each session from now on. It takes the place of an earlier one. */
    public void join(int leader, FollowedPartition partition) {
        link(leader).join(partition);
    }

    /** The partition follows that leader no longer. */
    public void leave(int leader, FollowedPartition partition) {
        link(leader).leave(partition);
    }

    /** Tells a leader where a partition stands, if that session is still the present one. */
    public void send(int leader, long session, ReplicaPull.Position position) {
        link(leader).send(session, position);
    }

    /** What all partitions of this broker share that a reassignment adds to it. */
    public ReassignmentThrottle throttle() {
        return throttle;
    }

    /** Ends all sessions; none begins any more. */
    public void close() {
        closed = true;
        links.values().forEach(LeaderLink::close);
    }

    private LeaderLink link(int leader) {
        LeaderLink link = links.computeIfAbsent(leader, id -> new LeaderLink(id, surroundings, this));
        if (closed) {
            link.close();
        }
        return link;
    }
}
