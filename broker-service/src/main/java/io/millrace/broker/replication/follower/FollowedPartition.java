package io.millrace.broker.replication.follower;

import io.millrace.core.api.ReplicaPart;
import io.millrace.core.model.TopicId;

/** A partition that follows a leader, as the session to that leader knows it. Called on any thread; must be quick. */
public interface FollowedPartition {
    TopicId topicId();

    int partition();

    /** A session to the leader has begun, which knows nothing of this partition yet. */
    void sessionBegan(long session);

    /** The leader says something in that session. */
    void received(long session, ReplicaPart part);
}
