package io.millrace.cli.consume;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.Timestamps;
import io.millrace.cli.format.TypedData;
import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputFormat;
import io.millrace.v1.Header;
import io.millrace.v1.Record;
import io.millrace.v1.TimestampType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A record as an object, the same as the REST door's. */
final class RecordJson {
    private RecordJson() {}

    /** The object on one line. */
    static void line(Record record, OutputStream out) throws IOException {
        out.write(JsonMapper.shared().writeValueAsBytes(data(record, TypedData::forJson)));
        out.write('\n');
    }

    /** The object as a YAML document. */
    static void yaml(Record record, OutputStream out) throws IOException {
        Answer answer = Answer.facts(data(record, TypedData::parsed));
        out.write(("---\n" + answer.in(OutputFormat.YAML)).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> data(Record record, Function<ByteString, Map<String, Object>> typed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", record.getTopic());
        data.put("partition", record.getPartition());
        data.put("offset", record.getOffset());
        data.put(
                "timestamp", record.hasTimestamp() ? Timestamps.text(Timestamps.instant(record.getTimestamp())) : null);
        data.put(
                "timestamp_type",
                record.getTimestampType() == TimestampType.TIMESTAMP_TYPE_LOG_APPEND_TIME ? "append" : "create");
        data.put("leader_epoch", record.getLeaderEpoch());
        data.put("key", record.hasKey() ? typed.apply(record.getKey()) : null);
        data.put("value", record.hasValue() ? typed.apply(record.getValue()) : null);
        data.put(
                "headers",
                record.getHeadersList().stream().map(RecordJson::header).toList());
        return data;
    }

    private static Map<String, Object> header(Header header) {
        return TypedData.header(header.getKey(), header.hasValue() ? header.getValue() : null);
    }
}
