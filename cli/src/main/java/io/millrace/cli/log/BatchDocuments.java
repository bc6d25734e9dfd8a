package io.millrace.cli.log;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.TypedData;
import io.millrace.cli.log.LogScan.Found;
import io.millrace.cli.output.Answer;
import io.millrace.cli.output.OutputFormat;
import io.millrace.cli.session.Io;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object on one line, or a YAML document, for each batch. */
record BatchDocuments(Io io, OutputFormat format, boolean deep) implements BatchOutput {
    @Override
    public void write(Found found) {
        boolean json = format == OutputFormat.JSON;
        Map<String, Object> facts = BatchFacts.of(found);
        if (deep && found.batch().crcHolds()) {
            Function<ByteString, Map<String, Object>> typed = json ? TypedData::forJson : TypedData::parsed;
            List<Map<String, Object>> records = new ArrayList<>();
            found.batch().records().forEach(entry -> records.add(BatchFacts.of(entry, typed)));
            facts.put("records", records);
        }
        if (json) {
            io.line(JsonMapper.shared().writeValueAsString(facts));
        } else {
            io.write("---\n" + Answer.facts(facts).in(format));
        }
    }
}
