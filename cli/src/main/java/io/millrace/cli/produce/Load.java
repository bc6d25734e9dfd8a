package io.millrace.cli.produce;

import io.millrace.cli.format.RecordReader;
import io.millrace.cli.format.RecordReader.Numbered;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.stream.RecordStream;
import io.millrace.v1.ProducerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes records from the input to the stream in batches: full ones while there is input, smaller ones as soon as the input pauses.
 * Stops at the first record that the gateway refuses.
 */
final class Load {
    private static final int BATCH_RECORDS_MAX = 2_000;
    private static final int BATCH_BYTES_TARGET = 256 << 10;
    /** What a record takes in the encoded batch beside itself: its tag and length. */
    private static final int FRAME_BYTES = 6;
    /** The sequence in an encoded batch. */
    private static final int BATCH_FRAME_BYTES = 11;

    private final RecordReader reader;
    private final RecordShaper shaper;
    private final RecordStream stream;
    private final Tally tally;
    private final LoadProgress progress;
    private final long batchBytesMax;
    private final List<ProducerRecord> batch = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private long batchBytes = BATCH_FRAME_BYTES;

    Load(RecordReader reader, RecordShaper shaper, RecordStream stream, Tally tally, LoadProgress progress) {
        this.reader = reader;
        this.shaper = shaper;
        this.stream = stream;
        this.tally = tally;
        this.progress = progress;
        this.batchBytesMax = stream.maxBatchBytes();
    }

    void run() {
        try {
            Optional<Numbered> next = reader.next();
            while (next.isPresent() && tally.refusal().isEmpty()) {
                add(next.get());
                if (batch.size() == BATCH_RECORDS_MAX || batchBytes >= BATCH_BYTES_TARGET || reader.idle()) {
                    send();
                }
                next = reader.next();
            }
        } catch (CommandFailure badInput) {
            // What was read before the bad place is good, and is acknowledged before we say so.
            sendAndFinish();
            throw badInput;
        }
        sendAndFinish();
    }

    private void add(Numbered read) {
        ProducerRecord record = shaper.shape(read);
        long bytes = record.getSerializedSize() + (long) FRAME_BYTES;
        if (bytes + BATCH_FRAME_BYTES > batchBytesMax) {
            throw CommandFailure.failed("The record in line " + read.line() + " has " + bytes
                    + " bytes; the gateway takes at most " + batchBytesMax + " at once.");
        }
        if (batchBytes + bytes > batchBytesMax) {
            send();
        }
        batch.add(record);
        lines.add(read.line());
        batchBytes += bytes;
    }

    private void send() {
        if (batch.isEmpty()) {
            return;
        }
        tally.sending(stream.nextSequence(), batch, lines);
        stream.send(batch);
        batch.clear();
        lines.clear();
        batchBytes = BATCH_FRAME_BYTES;
        progress.at(reader.consumed());
    }

    private void sendAndFinish() {
        if (tally.refusal().isEmpty()) {
            send();
        }
        stream.finish();
    }
}
