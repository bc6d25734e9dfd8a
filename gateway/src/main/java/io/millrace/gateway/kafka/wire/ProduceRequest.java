package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A produce request, versions 3 to 13. It is read by hand, because every record comes this way, and because the collection in
 * which kafka-clients keeps topics takes time by the square of their number when they are all the same.
 *
 * @param transactionalId of a producer with transactions, or null
 * @param acks as the protocol numbers them: -1, 0 or 1
 */
public record ProduceRequest(@Nullable String transactionalId, short acks, int timeoutMillis, List<Topic> topics) {
    private static final short FLEXIBLE = 9;
    private static final short BY_TOPIC_ID = 13;

    /** Name or id, a count, and tagged fields. */
    private static final int TOPIC_BYTES_MIN = 3;

    /** An index and a length. */
    private static final int PART_BYTES_MIN = Integer.BYTES + 1;

    private static final int ID_BYTES = 16;

    /**
     * What one topic shall take.
     *
     * @param name empty where topics have ids
     * @param id zero where topics have names
     */
    public record Topic(String name, Uuid id, List<Part> parts) {}

    /**
     * What one partition shall take.
     *
     * @param batch in the frame, or null
     */
    public record Part(int index, @Nullable ByteBuffer batch) {}

    /** Whether topics have ids in that version, and not names. */
    public static boolean namesTopicsById(short version) {
        return version >= BY_TOPIC_ID;
    }

    static boolean isFlexible(short version) {
        return version >= FLEXIBLE;
    }

    /** The request in the frame, from its position on; batches stay in the frame. Throws MalformedRequestException. */
    public static ProduceRequest read(ByteBuffer frame, short version) {
        boolean flexible = isFlexible(version);
        String transactionalId = FrameFields.readNullableString(frame, flexible);
        FrameFields.requireBytes(frame, Short.BYTES + Integer.BYTES);
        short acks = frame.getShort();
        int timeoutMillis = frame.getInt();
        int count = FrameFields.readCount(frame, flexible, TOPIC_BYTES_MIN);
        List<Topic> topics = new ArrayList<>(Math.min(count, RequestReader.FIRST_ELEMENTS));
        int budget = RequestReader.FIELDS_MAX;
        for (int i = 0; i < count; i++) {
            Topic topic = readTopic(frame, version, flexible);
            budget -= 1 + topic.parts().size();
            if (budget < 0) {
                throw new MalformedRequestException("more than " + RequestReader.FIELDS_MAX + " partitions");
            }
            topics.add(topic);
        }
        if (flexible) {
            FrameFields.skipTaggedFields(frame);
        }
        return new ProduceRequest(transactionalId, acks, timeoutMillis, topics);
    }

    private static Topic readTopic(ByteBuffer frame, short version, boolean flexible) {
        String name = "";
        Uuid id = Uuid.ZERO_UUID;
        if (namesTopicsById(version)) {
            FrameFields.requireBytes(frame, ID_BYTES);
            id = new Uuid(frame.getLong(), frame.getLong());
        } else {
            name = FrameFields.readNullableString(frame, flexible);
            if (name == null) {
                throw new MalformedRequestException("a topic without a name");
            }
        }
        int count = FrameFields.readCount(frame, flexible, PART_BYTES_MIN);
        if (count > RequestReader.FIELDS_MAX) {
            throw new MalformedRequestException("more than " + RequestReader.FIELDS_MAX + " partitions");
        }
        List<Part> parts = new ArrayList<>(Math.min(count, RequestReader.FIRST_ELEMENTS));
        for (int i = 0; i < count; i++) {
            FrameFields.requireBytes(frame, Integer.BYTES);
            int index = frame.getInt();
            parts.add(new Part(index, FrameFields.readNullableBytes(frame, flexible)));
            if (flexible) {
                FrameFields.skipTaggedFields(frame);
            }
        }
        if (flexible) {
            FrameFields.skipTaggedFields(frame);
        }
        return new Topic(name, id, parts);
    }
}
