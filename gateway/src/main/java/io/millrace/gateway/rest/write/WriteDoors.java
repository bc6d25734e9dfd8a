package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.RecordProducer;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/** The ways in which a body can hold records. */
public final class WriteDoors {
    private final JsonUpload json;
    private final BatchUpload batch;
    private final LineUpload lines;
    private final RawUpload raw;

    /**
     * Opens them all.
     *
     * @param threads makes the threads that write the reports of streams
     * @param recordBytesMax the largest record taken
     * @param bodyBytesMax the largest batch taken
     */
    public WriteDoors(
            RecordProducer producer, JsonMapper mapper, ThreadFactory threads, int recordBytesMax, int bodyBytesMax) {
        RecordSubmission submission = new RecordSubmission(producer, recordBytesMax);
        json = new JsonUpload(submission, mapper, threads);
        batch = new BatchUpload(submission, mapper, bodyBytesMax);
        lines = new LineUpload(submission, mapper);
        raw = new RawUpload(submission, mapper);
    }

    JsonUpload json() {
        return json;
    }

    BatchUpload batch() {
        return batch;
    }

    LineUpload lines() {
        return lines;
    }

    RawUpload raw() {
        return raw;
    }
}
