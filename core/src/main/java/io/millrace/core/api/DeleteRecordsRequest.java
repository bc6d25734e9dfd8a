package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;
import java.util.List;

/** A request to forget records. */
public record DeleteRecordsRequest(List<Part> parts) {
    public DeleteRecordsRequest {
        parts = List.copyOf(parts);
    }

    /**
     * Where the partition shall start.
     *
     * @param beforeOffset the new log start offset, at most the high watermark; {@link #HIGH_WATERMARK} means exactly it
     */
    public record Part(TopicPartition partition, long beforeOffset) {}

    /** Deletes all that is committed. */
    public static final long HIGH_WATERMARK = -1;
}
