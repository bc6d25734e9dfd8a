package io.millrace.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.read.ReadRecord;
import io.millrace.v1.Header;
import io.millrace.v1.Record;
import io.millrace.v1.TimestampType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records into responses. Keys and values are views of the buffers that were read, not copies: nobody may change
 * those afterwards, and nobody does.
 */
final class OutgoingRecords {
    private OutgoingRecords() {}

    static List<Record> of(List<ReadRecord> records) {
        List<Record> all = new ArrayList<>(records.size());
        for (ReadRecord record : records) {
            all.add(of(record));
        }
        return all;
    }

    private static Record of(ReadRecord read) {
        LogRecord record = read.record();
        Record.Builder out = Record.newBuilder()
                .setTopic(read.partition().topic())
                .setPartition(read.partition().partition())
                .setOffset(record.offset())
                .setLeaderEpoch(read.leaderEpoch())
                .setTimestampType(type(read.timestampType()));
        if (record.timestampMillis() >= 0) {
            Timestamp timestamp = Times.timestamp(record.timestampMillis());
            out.setTimestamp(timestamp);
        }
        ByteBuffer key = record.key();
        if (key != null) {
            out.setKey(bytes(key));
        }
        ByteBuffer value = record.value();
        if (value != null) {
            out.setValue(bytes(value));
        }
        for (RecordHeader header : record.headers()) {
            out.addHeaders(header(header));
        }
        return out.build();
    }

    private static Header header(RecordHeader header) {
        Header.Builder out = Header.newBuilder().setKey(header.key());
        ByteBuffer value = header.value();
        if (value != null) {
            out.setValue(bytes(value));
        }
        return out.build();
    }

    private static ByteString bytes(ByteBuffer buffer) {
        return UnsafeByteOperations.unsafeWrap(buffer);
    }

    private static TimestampType type(io.millrace.core.model.TimestampType type) {
        return switch (type) {
            case CREATE_TIME -> TimestampType.TIMESTAMP_TYPE_CREATE_TIME;
            case LOG_APPEND_TIME -> TimestampType.TIMESTAMP_TYPE_LOG_APPEND_TIME;
        };
    }
}
