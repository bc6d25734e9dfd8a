package io.millrace.gateway.grpc;

import com.google.protobuf.ByteString;
import io.millrace.core.api.Refusal;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.v1.Header;
import io.millrace.v1.ProducerRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads records out of requests. Keys and values are views of the request's bytes, not copies. */
final class IncomingRecords {
    private IncomingRecords() {}

    /** What is wrong with the records whatever the state of the cluster, if anything. */
    static Optional<Refusal> problemOf(List<ProducerRecord> records) {
        if (records.isEmpty()) {
            return Optional.of(new Refusal.InvalidRequest("There are no records in the request."));
        }
        for (int i = 0; i < records.size(); i++) {
            ProducerRecord record = records.get(i);
            if (record.hasPartition() && record.getPartition() < 0) {
                return Optional.of(new Refusal.InvalidRequest("Record " + i + " names partition "
                        + record.getPartition() + "; partitions are numbered from 0."));
            }
            if (record.hasTimestamp() && !Times.isLegal(record.getTimestamp())) {
                return Optional.of(new Refusal.InvalidRequest(
                        "Record " + i + " has a timestamp that is no time between the years 1970 and 9999."));
            }
        }
        return Optional.empty();
    }

    /** The records, which must have no problem. */
    static List<NewRecord> of(List<ProducerRecord> records) {
        List<NewRecord> all = new ArrayList<>(records.size());
        for (ProducerRecord record : records) {
            all.add(of(record));
        }
        return all;
    }

    static List<RecordHeader> headers(List<Header> headers) {
        if (headers.isEmpty()) {
            return List.of();
        }
        List<RecordHeader> all = new ArrayList<>(headers.size());
        for (Header header : headers) {
            all.add(new RecordHeader(header.getKey(), view(header.hasValue(), header.getValue())));
        }
        return all;
    }

    static @Nullable ByteBuffer view(boolean there, ByteString bytes) {
        return there ? bytes.asReadOnlyByteBuffer() : null;
    }

    private static NewRecord of(ProducerRecord record) {
        return new NewRecord(
                view(record.hasKey(), record.getKey()),
                view(record.hasValue(), record.getValue()),
                headers(record.getHeadersList()),
                record.hasPartition() ? OptionalInt.of(record.getPartition()) : OptionalInt.empty(),
                record.hasTimestamp() ? OptionalLong.of(Times.millis(record.getTimestamp())) : OptionalLong.empty());
    }
}
