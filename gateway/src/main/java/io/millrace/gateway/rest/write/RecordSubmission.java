package io.millrace.gateway.rest.write;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.records.RecordSize;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.rest.problem.Problem;
import io.millrace.gateway.rest.problem.ProblemKind;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.rest.records.ParsedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands records to the producer and turns its answers into fates; a bug behind it becomes the fate of the records. */
final class RecordSubmission {
    private static final Logger LOG = LoggerFactory.getLogger(RecordSubmission.class);

    private final RecordProducer producer;
    private final int recordBytesMax;

    RecordSubmission(RecordProducer producer, int recordBytesMax) {
        this.producer = producer;
        this.recordBytesMax = recordBytesMax;
    }

    /** The largest record taken. */
    int recordBytesMax() {
        return recordBytesMax;
    }

    /** Submits one record. */
    CompletableFuture<RecordFate> submit(String topic, ParsedRecord record, ProduceOptions options) {
        return submit(topic, List.of(record), options).thenApply(List::getFirst);
    }

    /** Submits records that belong together; their fates come in the same order. */
    CompletableFuture<List<RecordFate>> submit(String topic, List<ParsedRecord> records, ProduceOptions options) {
        return produce(topic, records.stream().map(ParsedRecord::record).toList(), options)
                .thenApply(outcomes -> fates(records, outcomes));
    }

    /** Produces records, too large ones excepted; the outcomes are those of all records, in their order. */
    CompletableFuture<List<Outcome<Produced>>> produce(String topic, List<NewRecord> records, ProduceOptions options) {
        List<NewRecord> fitting =
                records.stream().filter(record -> tooLarge(record).isEmpty()).toList();
        return producer.produce(topic, fitting, options)
                .exceptionally(bug -> failed(fitting, bug))
                .thenApply(outcomes -> withTooLarge(records, outcomes.iterator()));
    }

    /** The refusal of a record, or line, of that size. */
    Refusal tooLarge(long sizeBytes) {
        return new Refusal.TooLarge(
                sizeBytes,
                recordBytesMax,
                "The record has " + sizeBytes + " bytes or more; this gateway takes " + recordBytesMax + ".");
    }

    private Optional<Refusal> tooLarge(NewRecord record) {
        long size = RecordSize.of(record.key(), record.value(), record.headers());
        return size > recordBytesMax ? Optional.of(tooLarge(size)) : Optional.empty();
    }

    private List<Outcome<Produced>> withTooLarge(List<NewRecord> records, Iterator<Outcome<Produced>> fitting) {
        List<Outcome<Produced>> all = new ArrayList<>(records.size());
        for (NewRecord record : records) {
            Optional<Refusal> refusal = tooLarge(record);
            all.add(refusal.isPresent() ? Outcome.refused(refusal.get()) : fitting.next());
        }
        return all;
    }

    private static List<Outcome<Produced>> failed(List<NewRecord> records, Throwable bug) {
        LOG.error("Producing {} records failed", records.size(), bug);
        Refusal unknown = new Refusal.TimedOut(
                "The gateway failed while it produced the record, which may or may not be stored.");
        return records.stream()
                .map(record -> Outcome.<Produced>refused(unknown))
                .toList();
    }

    private static List<RecordFate> fates(List<ParsedRecord> records, List<Outcome<Produced>> outcomes) {
        List<RecordFate> fates = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            ParsedRecord record = records.get(i);
            fates.add(
                    switch (outcomes.get(i)) {
                        case Outcome.Done<Produced>(Produced at) -> new RecordFate.Stored(record, at);
                        case Outcome.Refused<Produced>(Refusal refusal) ->
                            new RecordFate.Failed(record.id(), Refusals.problemOf(refusal));
                    });
        }
        return fates;
    }

    /** The problem of a body that has no record. */
    static Problem nothing() {
        return Problem.of(ProblemKind.UNPARSABLE, "The body has no record.");
    }
}
