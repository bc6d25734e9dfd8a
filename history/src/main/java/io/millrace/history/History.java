package io.millrace.history;

import java.util.List;

/** A finished recording. Lists are in the order of ids. */
public record History(
        List<Partition> partitions, List<Producer> producers, List<Consumer> consumers, Writes writes, Polls polls) {
    public History {
        partitions = List.copyOf(partitions);
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    public Write write(long value) {
        return new Write(
                value,
                producers.get(writes.producer(value)),
                partitions.get(writes.partition(value)),
                writes.promise(value),
                writes.attempts(value),
                writes.invokedNanos(value),
                writes.endedNanos(value),
                writes.outcome(value),
                writes.offset(value));
    }

    public Poll poll(int id) {
        int records = polls.records(id);
        return new Poll(
                id,
                consumers.get(polls.consumer(id)),
                partitions.get(polls.partition(id)),
                polls.from(id),
                polls.invokedNanos(id),
                polls.endedNanos(id),
                polls.failed(id),
                records,
                records == 0 ? polls.from(id) : polls.offset(id, 0),
                records == 0 ? polls.from(id) : polls.offset(id, records - 1));
    }
}
