package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicId;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/** Topic ids as the protocol writes them. */
public final class TopicIds {
    private TopicIds() {}

    /** The id on the wire. */
    public static Uuid toWire(TopicId id) {
        UUID uuid = id.uuid();
        return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The id from the wire. */
    public static TopicId fromWire(Uuid uuid) {
        return new TopicId(new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
    }

    /** The name of the topic of that id. */
    public static Optional<String> nameOf(ClusterImage image, Uuid uuid) {
        return image.topic(fromWire(uuid)).map(topic -> topic.name());
    }
}
