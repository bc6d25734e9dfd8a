package io.millrace.gateway.rest.write;

import io.millrace.core.api.Outcome;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.rest.body.BodyRoom;
import io.millrace.gateway.rest.body.IdleBody;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemException;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.rest.records.Octets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record a line, for bodies of any length: lines are gathered into chunks, so many chunks are in flight, and while they
 * are the client waits. Lines that are to be stored once are cut into the same chunks whenever they come. The answer at the end says which lines are stored and which are not.
 */
final class LineUpload {
    private static final int CHUNK_LINES_MAX = 1000;
    private static final int CHUNK_BYTES_MAX = 256 * 1024;
    private static final int CHUNKS_IN_FLIGHT_MAX = 1000;
    private static final int BYTES_IN_FLIGHT_MAX = 2 * 1024 * 1024;

    private final RecordSubmission submission;
    private final JsonMapper json;

    LineUpload(RecordSubmission submission, JsonMapper json) {
        this.submission = submission;
        this.json = json;
    }

    void take(
            WriteTarget target,
            WriteOptions options,
            LineFormat format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Upload upload = new Upload(target, options, format);
        boolean complete = upload.read(
                new Lines(request.getInputStream(), submission.recordBytesMax(), BodyRoom.shareOf(request)::hold));
        upload.settleAll();
        SequencedMap<String, Object> summary = new LinkedHashMap<>();
        summary.put("cluster_id", target.clusterId());
        summary.put("topic_name", target.topic());
        summary.put("lines", upload.lines);
        summary.put("complete", complete);
        summary.putAll(upload.tally.members());
        Optional<Problem> problem = upload.wholeProblem();
        if (problem.isPresent()) {
            throw withFacts(problem.get(), summary).asException();
        }
        boolean all = upload.tally.firstProblem().isEmpty();
        Answers.json(json, response, all ? RecordFate.STORED : Answers.MULTI_STATUS, summary);
    }

    private static Problem withFacts(Problem problem, Map<String, Object> facts) {
        Problem whole = problem;
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            whole = whole.with(fact.getKey(), fact.getValue());
        }
        return whole;
    }

    /** One body on its way. */
    private final class Upload {
        private final WriteTarget target;
        private final WriteOptions options;
        private final LineFormat format;
        private final LineTally tally = new LineTally();
        private final Queue<Chunk> inFlight = new ArrayDeque<>();
        private Chunk gathering = new Chunk();
        private long inFlightBytes;
        private long lines;
        private long chunks;
        private boolean idle;

        Upload(WriteTarget target, WriteOptions options, LineFormat format) {
            this.target = target;
            this.options = options;
            this.format = format;
        }

        /** Reads to the end; says whether it came there. */
        boolean read(Lines body) throws IOException {
            while (!tally.isOver()) {
                Lines.Line line;
                try {
                    line = body.next();
                } catch (IOException broken) {
                    IdleBody.orThrow(broken);
                    idle = true;
                    return false;
                } catch (ProblemException noRoom) {
                    gathering.add(lines + 1, noRoom.problem());
                    return false;
                }
                if (line instanceof Lines.Line.End) {
                    return true;
                }
                lines++;
                gather(line);
                if (gathering.isFull() || (!isCutTheSame() && !body.nextIsHere())) {
                    submit();
                }
            }
            return false;
        }

        private boolean isCutTheSame() {
            return options.produce().identity().isPresent();
        }

        void settleAll() {
            submit();
            inFlight.forEach(chunk -> chunk.settle(tally));
            inFlight.clear();
        }

        /** What is wrong with the body as a whole, if it is: it stopped coming, or nothing of it is stored. */
        Optional<Problem> wholeProblem() {
            if (idle) {
                return Optional.of(Problem.of(
                        ProblemKind.BODY_TIMED_OUT, "The request body stopped coming behind line " + lines + "."));
            }
            return tally.records() > 0
                    ? Optional.empty()
                    : tally.firstProblem().or(() -> Optional.of(RecordSubmission.nothing()));
        }

        private void gather(Lines.Line line) {
            switch (line) {
                case Lines.Line.Whole(Octets bytes) -> {
                    try {
                        format.record(bytes, options).ifPresent(record -> gathering.add(lines, record, bytes.size()));
                    } catch (ProblemException wrong) {
                        gathering.add(lines, wrong.problem());
                    }
                }
                case Lines.Line.TooLarge(long size) ->
                    gathering.add(lines, Refusals.problemOf(submission.tooLarge(size)));
                case Lines.Line.End ignored -> throw new IllegalStateException("The end is no line");
            }
        }

        private void submit() {
            if (gathering.items.isEmpty()) {
                return;
            }
            gathering.fates = submission.produce(
                    target.topic(), gathering.records(), options.produce().ofPart(chunks++));
            inFlight.add(gathering);
            inFlightBytes += gathering.bytes;
            gathering = new Chunk();
            Chunk oldest = inFlight.peek();
            while (oldest != null && (oldest.fates.isDone() || isFull())) {
                inFlight.remove();
                inFlightBytes -= oldest.bytes;
                oldest.settle(tally);
                oldest = inFlight.peek();
            }
        }

        private boolean isFull() {
            return inFlight.size() > CHUNKS_IN_FLIGHT_MAX || inFlightBytes > BYTES_IN_FLIGHT_MAX;
        }
    }

    /** Lines that are produced together. */
    private static final class Chunk {
        private final List<Item> items = new ArrayList<>();
        private CompletableFuture<List<Outcome<Produced>>> fates = CompletableFuture.completedFuture(List.of());
        private long bytes;

        void add(long line, NewRecord record, int size) {
            items.add(new Item(line, Optional.of(record), Optional.empty()));
            bytes += size;
        }

        void add(long line, Problem problem) {
            items.add(new Item(line, Optional.empty(), Optional.of(problem)));
        }

        boolean isFull() {
            return items.size() >= CHUNK_LINES_MAX || bytes >= CHUNK_BYTES_MAX;
        }

        List<NewRecord> records() {
            return items.stream().flatMap(item -> item.record.stream()).toList();
        }

        void settle(LineTally tally) {
            Iterator<Outcome<Produced>> outcomes = fates.join().iterator();
            for (Item item : items) {
                item.record.ifPresent(record -> tally.count(item.line, record, outcomes.next()));
                item.problem.ifPresent(problem -> tally.fail(item.line, problem));
            }
        }
    }

    /** A line that is a record, or what is wrong with it. */
    private record Item(long line, Optional<NewRecord> record, Optional<Problem> problem) {}
}
