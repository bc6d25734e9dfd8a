package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;

/**
 * Reads the fields of a request. A field of one byte may become an object of fifty, so how many there may be is limited apart from
 * the size of the frame, nearly all of which is records in an honest request. Arrays are limited too, whatever their count says (the allocation bombs of CVE-2026-111115 and CVE-2026-111108).
 */
public final class RequestReader extends ByteBufferAccessor {
    /** Fields of one request: what 100,000 partitions take, and more. */
    static final int FIELDS_MAX = 1_000_000;

    /** What an array has room for before its elements have been read. */
    static final int FIRST_ELEMENTS = 1_000;

    /** Elements of an array. */
    private static final int ELEMENTS_MAX = 100_000;

    /**
     * Elements of an array in a request that kafka-clients keeps by their keys: that takes time by the square of their number when
     * all have the same one.
     */
    private static final int KEYED_ELEMENTS_MAX = 10_000;

    /** The requests with such arrays, as far as brokers are asked. */
    static final EnumSet<ApiKeys> KEYED = EnumSet.of(
            ApiKeys.ADD_PARTITIONS_TO_TXN,
            ApiKeys.ADD_RAFT_VOTER,
            ApiKeys.ALTER_CONFIGS,
            ApiKeys.ALTER_REPLICA_LOG_DIRS,
            ApiKeys.ALTER_SHARE_GROUP_OFFSETS,
            ApiKeys.CREATE_PARTITIONS,
            ApiKeys.CREATE_TOPICS,
            ApiKeys.DESCRIBE_LOG_DIRS,
            ApiKeys.DESCRIBE_PRODUCERS,
            ApiKeys.ELECT_LEADERS,
            ApiKeys.INCREMENTAL_ALTER_CONFIGS,
            ApiKeys.JOIN_GROUP,
            ApiKeys.OFFSET_DELETE,
            ApiKeys.OFFSET_FOR_LEADER_EPOCH,
            ApiKeys.SHARE_ACKNOWLEDGE,
            ApiKeys.SHARE_FETCH,
            ApiKeys.UPDATE_FEATURES);

    private final ByteBuffer frame;
    private final int elementsMax;
    private int fields;

    private RequestReader(ByteBuffer frame, short apiKey) {
        super(frame);
        this.frame = frame;
        this.elementsMax = KEYED.contains(ApiKeys.forId(apiKey)) ? KEYED_ELEMENTS_MAX : ELEMENTS_MAX;
    }

    /** The request in the frame, from its position on. Records in it stay in the frame. Throws MalformedRequestException. */
    public static ApiMessage read(ByteBuffer frame, RequestHead head) {
        ApiMessage request = ApiMessageType.fromApiKey(head.apiKey()).newRequest();
        try {
            request.read(new RequestReader(frame, head.apiKey()), head.version());
        } catch (RuntimeException malformed) {
            throw new MalformedRequestException(
                    "a malformed request of API " + head.apiKey() + " in version " + head.version(), malformed);
        }
        return request;
    }

    /** Asked for by what makes arrays, and by nothing else. */
    @Override
    public int remaining() {
        return Math.min(frame.remaining(), elementsMax);
    }

    @Override
    public byte readByte() {
        count();
        return super.readByte();
    }

    @Override
    public short readShort() {
        count();
        return super.readShort();
    }

    @Override
    public int readInt() {
        count();
        return super.readInt();
    }

    @Override
    public long readLong() {
        count();
        return super.readLong();
    }

    @Override
    public int readUnsignedVarint() {
        count();
        return super.readUnsignedVarint();
    }

    @Override
    public ByteBuffer readByteBuffer(int length) {
        if (length < 0 || length > frame.remaining()) {
            throw new MalformedRequestException("bytes that are not there");
        }
        return super.readByteBuffer(length);
    }

    private void count() {
        fields++;
        if (fields > FIELDS_MAX) {
            throw new MalformedRequestException("more than " + FIELDS_MAX + " fields");
        }
    }
}
