package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a produce request, versions 3 to 13, written by hand as its request is read. */
public final class ProduceResponse {
    private static final short HAS_LOG_START = 5;
    private static final short HAS_MESSAGES = 8;

    /** Index, error, base offset and time. */
    private static final int PART_BYTES = 4 + 2 + 8 + 8;

    private static final int ID_BYTES = 16;
    private static final byte NO_TAGGED_FIELDS = 0;

    private final short version;
    private final boolean flexible;

    private ProduceResponse(short version) {
        this.version = version;
        this.flexible = ProduceRequest.isFlexible(version);
    }

    /**
     * What came of one partition.
     *
     * @param baseOffset -1 when the batch was not taken
     * @param message why not, in words, or null
     */
    public record Part(
            int index,
            short errorCode,
            long baseOffset,
            long logAppendTimeMillis,
            long logStartOffset,
            @Nullable String message) {
        /** A batch that was not taken. */
        public static Part refused(int index, short errorCode, @Nullable String message) {
            return new Part(index, errorCode, -1, -1, -1, message);
        }
    }

    /** The frame of a response; the parts are those of the request, topic by topic, in their order. */
    public static Reply.Frame write(RequestHead head, ProduceRequest request, List<Part> parts, int throttleMillis) {
        return new ProduceResponse(head.version()).frame(head, request, parts, throttleMillis);
    }

    private Reply.Frame frame(RequestHead head, ProduceRequest request, List<Part> parts, int throttleMillis) {
        int size = size(request, parts);
        ByteBuffer to = ByteBuffer.allocate(Integer.BYTES + size);
        to.putInt(size);
        to.putInt(head.correlationId());
        endStruct(to);
        putCount(to, request.topics().size());
        int next = 0;
        for (ProduceRequest.Topic topic : request.topics()) {
            putTopic(to, topic);
            putCount(to, topic.parts().size());
            for (int i = 0; i < topic.parts().size(); i++) {
                putPart(to, parts.get(next++));
            }
            endStruct(to);
        }
        to.putInt(throttleMillis);
        endStruct(to);
        return Reply.Frame.of(to.flip());
    }

    private int size(ProduceRequest request, List<Part> parts) {
        int size = 2 * Integer.BYTES
                + 2 * sizeOfEnd()
                + sizeOfCount(request.topics().size());
        for (ProduceRequest.Topic topic : request.topics()) {
            size += sizeOfTopic(topic) + sizeOfCount(topic.parts().size()) + sizeOfEnd();
        }
        for (Part part : parts) {
            size += PART_BYTES + sizeOfEnd();
            size += version >= HAS_LOG_START ? Long.BYTES : 0;
            size += version >= HAS_MESSAGES ? sizeOfCount(0) + sizeOfMessage(part.message()) : 0;
        }
        return size;
    }

    private int sizeOfTopic(ProduceRequest.Topic topic) {
        if (ProduceRequest.namesTopicsById(version)) {
            return ID_BYTES;
        }
        int length = utf8(topic.name()).length;
        return length + (flexible ? FrameFields.sizeOfUnsignedVarint(length + 1) : Short.BYTES);
    }

    private int sizeOfMessage(@Nullable String message) {
        if (message == null) {
            return flexible ? 1 : Short.BYTES;
        }
        int length = utf8(message).length;
        return length + (flexible ? FrameFields.sizeOfUnsignedVarint(length + 1) : Short.BYTES);
    }

    private int sizeOfCount(int count) {
        return flexible ? FrameFields.sizeOfUnsignedVarint(count + 1) : Integer.BYTES;
    }

    private int sizeOfEnd() {
        return flexible ? 1 : 0;
    }

    private void putTopic(ByteBuffer to, ProduceRequest.Topic topic) {
        if (ProduceRequest.namesTopicsById(version)) {
            to.putLong(topic.id().getMostSignificantBits());
            to.putLong(topic.id().getLeastSignificantBits());
        } else {
            putString(to, topic.name());
        }
    }

    private void putPart(ByteBuffer to, Part part) {
        to.putInt(part.index());
        to.putShort(part.errorCode());
        to.putLong(part.baseOffset());
        to.putLong(part.logAppendTimeMillis());
        if (version >= HAS_LOG_START) {
            to.putLong(part.logStartOffset());
        }
        if (version >= HAS_MESSAGES) {
            putCount(to, 0); // of errors of single records
            if (part.message() != null) {
                putString(to, part.message());
            } else if (flexible) {
                to.put((byte) 0);
            } else {
                to.putShort((short) -1);
            }
        }
        endStruct(to);
    }

    private void putString(ByteBuffer to, String text) {
        byte[] bytes = utf8(text);
        if (flexible) {
            FrameFields.writeUnsignedVarint(to, bytes.length + 1);
        } else {
            to.putShort((short) bytes.length);
        }
        to.put(bytes);
    }

    private void putCount(ByteBuffer to, int count) {
        if (flexible) {
            FrameFields.writeUnsignedVarint(to, count + 1);
        } else {
            to.putInt(count);
        }
    }

    private void endStruct(ByteBuffer to) {
        if (flexible) {
            to.put(NO_TAGGED_FIELDS);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
