package io.millrace.gateway.rest.write;

import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.rest.body.BodyRoom;
import io.millrace.gateway.rest.body.IdleBody;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemException;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.rest.records.JsonFrames;
import io.millrace.gateway.rest.records.JsonFrames.Frame;
import io.millrace.gateway.rest.records.RecordParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON objects one behind the other. A body of known length with one record is answered with the status of
 * that record; anything else is a stream, answered 200 with a report for each record as soon as its fate is known.
 */
final class JsonUpload {
    /** Base64 takes four bytes for three, escapes more: what is decoded is measured again. */
    private static final int JSON_BYTES_PER_BYTE = 2;

    private final RecordSubmission submission;
    private final JsonMapper json;
    private final ThreadFactory threads;

    JsonUpload(RecordSubmission submission, JsonMapper json, ThreadFactory threads) {
        this.submission = submission;
        this.json = json;
        this.threads = threads;
    }

    void take(WriteTarget target, ProduceOptions options, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        JsonFrames frames = new JsonFrames(request.getInputStream(), frameBytesMax(), BodyRoom.shareOf(request)::hold);
        Frame first = frames.next();
        switch (first) {
            case Frame.End ignored -> throw RecordSubmission.nothing().asException();
            case Frame.Broken(String message) -> throw broken(message).asException();
            case Frame.Whole ignored
            when request.getContentLengthLong() >= 0 && frames.atEnd() -> answerOne(first, target, options, response);
            case Frame.TooLarge ignored
            when request.getContentLengthLong() >= 0 && frames.atEnd() -> answerOne(first, target, options, response);
            default -> stream(first, frames, target, options, response);
        }
    }

    private int frameBytesMax() {
        return JSON_BYTES_PER_BYTE * submission.recordBytesMax();
    }

    private void answerOne(Frame frame, WriteTarget target, ProduceOptions options, HttpServletResponse response)
            throws IOException {
        switch (submit(frame, target, options).join()) {
            case RecordFate.Failed failed -> throw failed.problem().asException();
            case RecordFate.Stored stored -> Answers.json(json, response, RecordFate.STORED, stored.report(target));
        }
    }

    private void stream(
            Frame first, JsonFrames frames, WriteTarget target, ProduceOptions options, HttpServletResponse response)
            throws IOException {
        response.setContentType(Answers.JSON);
        ReportStream reports = new ReportStream(json, target, response.getOutputStream(), frameBytesMax());
        Thread writer = threads.newThread(reports::write);
        writer.start();
        try {
            read(first, frames, reports, target, options);
        } finally {
            reports.end();
            join(writer);
        }
    }

    /** Until the end of the body, or until what can no longer be cut into records, which is the last thing reported. */
    private void read(Frame first, JsonFrames frames, ReportStream reports, WriteTarget target, ProduceOptions options)
            throws IOException {
        long number = 0;
        for (Frame frame = first; !(frame instanceof Frame.End); frame = next(frames)) {
            int bytes = frame instanceof Frame.Whole whole ? whole.json().size() : 0;
            reports.admit(bytes);
            reports.report(submit(frame, target, options.ofPart(number++)), bytes);
            if (frame instanceof Frame.Broken || frame instanceof Frame.Refused) {
                return;
            }
        }
    }

    private static Frame next(JsonFrames frames) throws IOException {
        try {
            return frames.next();
        } catch (IOException broken) {
            IdleBody.orThrow(broken);
            return new Frame.Broken("The request body stopped coming before its end.");
        } catch (ProblemException noRoom) {
            return new Frame.Refused(noRoom.problem());
        }
    }

    private CompletableFuture<RecordFate> submit(Frame frame, WriteTarget target, ProduceOptions options) {
        return switch (frame) {
            case Frame.Whole whole -> {
                try {
                    yield submission.submit(
                            target.topic(), RecordParser.parse(whole.json().array()), options);
                } catch (ProblemException wrong) {
                    yield failed(wrong.problem());
                }
            }
            case Frame.TooLarge(long size) -> failed(Refusals.problemOf(submission.tooLarge(size)));
            case Frame.Broken(String message) -> failed(broken(message));
            case Frame.Refused(Problem problem) -> failed(problem);
            case Frame.End ignored -> failed(RecordSubmission.nothing());
        };
    }

    private static CompletableFuture<RecordFate> failed(Problem problem) {
        return CompletableFuture.completedFuture(new RecordFate.Failed(null, problem));
    }

    private static Problem broken(String message) {
        return Problem.of(ProblemKind.UNPARSABLE, message);
    }

    private static void join(Thread writer) throws IOException {
        try {
            writer.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The gateway stops");
        }
    }
}
