package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemException;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.records.BatchEntries;
import io.millrace.gateway.rest.records.BatchEntries.Entry;
import io.millrace.gateway.rest.records.ParsedRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code records:batch} as Confluent's API has it: records with ids in, successes and failures by id out. The batch as a
 * whole must make sense; whatever is wrong with one record is the failure of that record.
 */
final class BatchUpload {
    /** Most entries of a batch. */
    static final int ENTRIES_MAX = 1000;

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,80}");

    private final RecordSubmission submission;
    private final JsonMapper json;
    private final int bodyBytesMax;

    BatchUpload(RecordSubmission submission, JsonMapper json, int bodyBytesMax) {
        this.submission = submission;
        this.json = json;
        this.bodyBytesMax = bodyBytesMax;
    }

    void take(WriteTarget target, ProduceOptions options, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<Entry> entries = BatchEntries.parse(JsonBodies.readAtMost(request, bodyBytesMax), ENTRIES_MAX);
        checkIds(entries);
        List<RecordFate> fates = fates(target, options, entries);
        List<Map<String, Object>> successes = new ArrayList<>();
        List<Map<String, Object>> failures = new ArrayList<>();
        for (RecordFate fate : fates) {
            Map<String, Object> report = fate.report(target);
            switch (fate) {
                case RecordFate.Stored ignored -> {
                    report.remove("error_code");
                    successes.add(report);
                }
                case RecordFate.Failed ignored -> failures.add(report);
            }
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("successes", successes);
        body.put("failures", failures);
        Answers.json(json, response, Answers.MULTI_STATUS, body);
    }

    private List<RecordFate> fates(WriteTarget target, ProduceOptions options, List<Entry> entries) {
        Map<String, RecordFate> fates = new HashMap<>();
        List<ParsedRecord> whole = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                whole.add(entry.parse());
            } catch (ProblemException wrong) {
                fates.put(entry.id(), new RecordFate.Failed(entry.id(), wrong.problem()));
            }
        }
        List<RecordFate> answered =
                submission.submit(target.topic(), whole, options).join();
        int next = 0;
        List<RecordFate> all = new ArrayList<>();
        for (Entry entry : entries) {
            RecordFate fate = fates.get(entry.id());
            all.add(fate == null ? answered.get(next++) : fate);
        }
        return all;
    }

    private static void checkIds(List<Entry> entries) {
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries) {
            if (!ID.matcher(entry.id()).matches() || !seen.add(entry.id())) {
                throw Problem.of(
                                ProblemKind.UNPARSABLE,
                                "Each entry has an id of its own: a string of 1 to 80 letters, digits, '-' and '_'.")
                        .asException();
            }
        }
    }
}
