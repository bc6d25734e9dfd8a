package io.millrace.gateway.kafka.wire;

import io.millrace.core.api.RecordsSlice;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.RecordsSend;

/** Records in a response that stay where they are until they are sent. */
public record SliceRecords(RecordsSlice slice) implements BaseRecords {
    @Override
    public int sizeInBytes() {
        return slice.sizeInBytes();
    }

    /** Never asked: {@link ReplyWriter} takes the slice itself. */
    @Override
    public RecordsSend<? extends BaseRecords> toSend() {
        throw new UnsupportedOperationException("A slice is sent by the network, not by kafka-clients.");
    }
}
