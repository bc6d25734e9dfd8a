package io.millrace.history.text;

import io.millrace.history.History;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.Outcome;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.history.Writes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Reads a history from text; the format is told at the package. */
public final class HistoryReader {
    private final HistoryRecorder recorder = new HistoryRecorder();
    private long writes;
    private long polls;
    private boolean ended;

    private HistoryReader() {}

    /** Throws {@link HistoryFormatException} when the text is no history or was cut off. */
    public static History read(Reader text) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        HistoryReader reader = new HistoryReader();
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            reader.readLine(JsonLine.parse(number, line));
        }
        if (!reader.ended) {
            throw new HistoryFormatException(number, "the text ends before its last line");
        }
        return reader.recorder.finish();
    }

    private void readLine(JsonLine line) throws HistoryFormatException {
        if (ended) {
            throw line.refuse("comes after the last line");
        }
        if ((line.number() == 1) != line.sort().equals("history")) {
            throw line.refuse("the first line, and no other, names the version");
        }
        try {
            readOperation(line);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException refused) {
            HistoryFormatException refusal = line.refuse("does not fit what comes before it: " + refused.getMessage());
            refusal.initCause(refused);
            throw refusal;
        }
        line.ensureEmpty();
    }

    private void readOperation(JsonLine line) throws HistoryFormatException {
        switch (line.sort()) {
            case "history" -> ensure(line, "history", HistoryWriter.VERSION);
            case "partition" ->
                ensure(line, "partition", recorder.partition(line.takeString("topic"), line.takeInt("number")));
            case "producer" -> ensure(line, "producer", readProducer(line));
            case "consumer" -> ensure(line, "consumer", readConsumer(line));
            case "write" -> {
                ensure(line, "write", readWrite(line));
                writes++;
            }
            case "poll" -> {
                ensure(line, "poll", polls);
                readPoll(line);
                polls++;
            }
            case "writes" -> {
                ensure(line, "writes", writes);
                ensure(line, "polls", polls);
                ended = true;
            }
            default -> throw line.refuse("an unknown sort of line: " + line.sort());
        }
    }

    private static void ensure(JsonLine line, String key, long due) throws HistoryFormatException {
        long given = line.takeLong(key);
        if (given != due) {
            throw line.refuse("\"" + key + "\" is " + given + " where " + due + " is due");
        }
    }

    private int readProducer(JsonLine line) throws HistoryFormatException {
        return recorder.producer(
                line.takeString("name"),
                line.takeName("sending", Sending.class),
                line.takeName("retrying", Retrying.class));
    }

    private int readConsumer(JsonLine line) throws HistoryFormatException {
        String name = line.takeString("name");
        if (!line.has("finallyReads")) {
            return recorder.consumer(name);
        }
        int reader = recorder.finalReader(name, line.takeInt("finallyReads"));
        if (line.has("reachedLogEnd")) {
            recorder.reachedLogEnd(reader, line.takeLong("reachedLogEnd"));
        }
        return reader;
    }

    private long readWrite(JsonLine line) throws HistoryFormatException {
        long value = recorder.invoked(
                line.takeInt("producer"),
                line.takeInt("partition"),
                line.takeName("promise", Promise.class),
                line.takeLong("invoked"));
        int attempts = line.takeInt("attempts");
        if (attempts < 1) {
            throw line.refuse("a write is attempted once at least");
        }
        for (int attempt = 1; attempt < attempts; attempt++) {
            recorder.attemptedAgain(value);
        }
        if (line.has("ended")) {
            long nanos = line.takeLong("ended");
            switch (line.takeName("outcome", Outcome.class)) {
                case OK -> recorder.acknowledged(value, offset(line), nanos);
                case FAILED -> recorder.failed(value, nanos);
                case UNKNOWN -> recorder.unknown(value, nanos);
            }
        }
        return value;
    }

    private static long offset(JsonLine line) throws HistoryFormatException {
        return line.has("offset") ? line.takeLong("offset") : Writes.NO_OFFSET;
    }

    private void readPoll(JsonLine line) throws HistoryFormatException {
        int consumer = line.takeInt("consumer");
        int partition = line.takeInt("partition");
        long from = line.takeLong("from");
        long invoked = line.takeLong("invoked");
        long ended = line.takeLong("ended");
        ReadRecords records = line.takeRecords("records");
        if (records == null) {
            recorder.pollFailed(consumer, partition, from, invoked, ended);
        } else {
            recorder.polled(consumer, partition, from, invoked, ended, records);
        }
    }
}
