package io.millrace.history.text;

import io.millrace.history.Consumer;
import io.millrace.history.History;
import io.millrace.history.Outcome;
import io.millrace.history.Partition;
import io.millrace.history.Polls;
import io.millrace.history.Producer;
import io.millrace.history.Writes;
import java.io.IOException;

/** Writes a history as text; the format is told at the package. */
public final class HistoryWriter {
    static final int VERSION = 1;

    private final History history;
    private final JsonLineWriter json;

    private HistoryWriter(History history, Appendable out) {
        this.history = history;
        json = new JsonLineWriter(out);
    }

    public static void write(History history, Appendable out) throws IOException {
        new HistoryWriter(history, out).write();
    }

    private void write() throws IOException {
        json.put("history", VERSION).endLine();
        for (Partition partition : history.partitions()) {
            json.put("partition", partition.id())
                    .put("topic", partition.topic())
                    .put("number", partition.number())
                    .endLine();
        }
        for (Producer producer : history.producers()) {
            json.put("producer", producer.id())
                    .put("name", producer.name())
                    .put("sending", producer.sending())
                    .put("retrying", producer.retrying())
                    .endLine();
        }
        for (Consumer consumer : history.consumers()) {
            writeConsumer(consumer);
        }
        for (int value = 0; value < history.writes().size(); value++) {
            writeWrite(history.writes(), value);
        }
        for (int poll = 0; poll < history.polls().size(); poll++) {
            writePoll(history.polls(), poll);
        }
        json.put("writes", history.writes().size())
                .put("polls", history.polls().size())
                .endLine();
    }

    private void writeConsumer(Consumer consumer) throws IOException {
        json.put("consumer", consumer.id()).put("name", consumer.name());
        if (consumer.isFinalReader()) {
            json.put("finallyReads", consumer.finallyReads());
        }
        if (consumer.saysItReachedTheLogEnd()) {
            json.put("reachedLogEnd", consumer.reachedLogEnd());
        }
        json.endLine();
    }

    private void writeWrite(Writes writes, int value) throws IOException {
        json.put("write", value)
                .put("producer", writes.producer(value))
                .put("partition", writes.partition(value))
                .put("promise", writes.promise(value))
                .put("attempts", writes.attempts(value))
                .put("invoked", writes.invokedNanos(value));
        if (writes.hasEnded(value)) {
            json.put("ended", writes.endedNanos(value)).put("outcome", writes.outcome(value));
        }
        if (writes.outcome(value) == Outcome.OK && writes.offset(value) != Writes.NO_OFFSET) {
            json.put("offset", writes.offset(value));
        }
        json.endLine();
    }

    private void writePoll(Polls polls, int poll) throws IOException {
        json.put("poll", poll)
                .put("consumer", polls.consumer(poll))
                .put("partition", polls.partition(poll))
                .put("from", polls.from(poll))
                .put("invoked", polls.invokedNanos(poll))
                .put("ended", polls.endedNanos(poll));
        if (!polls.failed(poll)) {
            json.openArray("records");
            for (int index = 0; index < polls.records(poll); index++) {
                json.element(polls.offset(poll, index)).element(polls.value(poll, index));
            }
            json.closeArray();
        }
        json.endLine();
    }
}
