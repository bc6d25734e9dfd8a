package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.records.ParsedRecord;
import io.millrace.gateway.rest.records.Timestamps;
import io.millrace.gateway.rest.records.TypedData;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What became of one record. */
sealed interface RecordFate {
    /** The {@code error_code} of a record that was stored. */
    int STORED = 200;

    /** The record is stored. */
    record Stored(ParsedRecord record, Produced at) implements RecordFate {}

    /** The record is not stored, unless the problem says that this is not known. */
    record Failed(@Nullable String id, Problem problem) implements RecordFate {}

    /** The report that Confluent's v3 API gives of the record. */
    default SequencedMap<String, Object> report(WriteTarget target) {
        SequencedMap<String, Object> report = new LinkedHashMap<>();
        switch (this) {
            case Failed(String id, Problem problem) -> {
                putId(report, id);
                report.putAll(problem.members());
            }
            case Stored(ParsedRecord record, Produced at) -> {
                putId(report, record.id());
                report.put("error_code", STORED);
                report.put("cluster_id", target.clusterId());
                report.put("topic_name", target.topic());
                report.put("partition_id", at.partition());
                report.put("offset", at.offset());
                report.put("timestamp", Timestamps.text(at.timestampMillis()));
                putData(report, "key", record.key());
                putData(report, "value", record.value());
            }
        }
        return report;
    }

    private static void putId(SequencedMap<String, Object> report, @Nullable String id) {
        if (id != null) {
            report.put("id", id);
        }
    }

    private static void putData(SequencedMap<String, Object> report, String name, @Nullable TypedData data) {
        if (data != null) {
            SequencedMap<String, Object> shape = new LinkedHashMap<>();
            shape.put("type", data.type().name());
            shape.put("size", data.size());
            report.put(name, shape);
        }
    }
}
