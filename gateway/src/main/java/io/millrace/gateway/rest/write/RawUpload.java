package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.records.DataType;
import io.millrace.gateway.rest.records.ParsedRecord;
import io.millrace.gateway.rest.records.TypedData;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** One record whose value is the body, byte for byte. */
final class RawUpload {
    private final RecordSubmission submission;
    private final JsonMapper json;

    RawUpload(RecordSubmission submission, JsonMapper json) {
        this.submission = submission;
        this.json = json;
    }

    void take(WriteTarget target, WriteOptions options, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = JsonBodies.readAtMost(request, submission.recordBytesMax());
        TypedData value = new TypedData(DataType.BINARY, ByteBuffer.wrap(body));
        Optional<TypedData> key = options.key()
                .map(text -> new TypedData(DataType.STRING, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
        NewRecord record = new NewRecord(
                key.map(TypedData::bytes).orElse(null),
                value.bytes(),
                options.headers(),
                options.partition(),
                options.timestampMillis());
        ParsedRecord parsed = new ParsedRecord(null, key.orElse(null), value, record);
        switch (submission.submit(target.topic(), parsed, options.produce()).join()) {
            case RecordFate.Failed failed -> throw failed.problem().asException();
            case RecordFate.Stored stored -> Answers.json(json, response, RecordFate.STORED, stored.report(target));
        }
    }
}
