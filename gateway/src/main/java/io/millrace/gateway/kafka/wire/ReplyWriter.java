package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.BaseRecords;

/**
 * Writes a response as a frame. Its own fields are written to one buffer of exactly their size; records that lie in a file
 * become pieces of their own between them.
 */
public final class ReplyWriter extends ByteBufferAccessor {
    private static final int FLEXIBLE = 1;

    private final ByteBuffer fields;
    private final List<ReplyPart> parts = new ArrayList<>();
    private int from;

    private ReplyWriter(ByteBuffer fields) {
        super(fields);
        this.fields = fields;
    }

    /** The frame of a response. */
    public static Reply.Frame write(RequestHead head, short version, ApiMessage response) {
        short headerVersion = ApiMessageType.fromApiKey(head.apiKey()).responseHeaderVersion(version);
        return write(head.correlationId(), headerVersion, version, response);
    }

    private static Reply.Frame write(int correlationId, short headerVersion, short version, ApiMessage response) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        response.addSize(size, cache, version);
        int headerBytes = headerVersion >= FLEXIBLE ? Integer.BYTES + 1 : Integer.BYTES;
        ByteBuffer fields = ByteBuffer.allocate(Integer.BYTES + headerBytes + size.sizeExcludingZeroCopy());
        fields.putInt(headerBytes + size.totalSize());
        fields.putInt(correlationId);
        if (headerVersion >= FLEXIBLE) {
            fields.put((byte) 0); // no tagged fields
        }
        ReplyWriter writer = new ReplyWriter(fields);
        response.write(writer, cache, version);
        return writer.frame();
    }

    @Override
    public void writeRecords(BaseRecords records) {
        if (!(records instanceof SliceRecords(var slice))) {
            throw new IllegalArgumentException("Records of an unknown kind: " + records.getClass());
        }
        if (slice.sizeInBytes() > 0) {
            endPiece();
            parts.add(new ReplyPart.Records(slice));
        }
    }

    private Reply.Frame frame() {
        endPiece();
        return new Reply.Frame(parts);
    }

    private void endPiece() {
        int to = fields.position();
        if (to > from) {
            parts.add(new ReplyPart.Bytes(fields.slice(from, to - from)));
            from = to;
        }
    }
}
