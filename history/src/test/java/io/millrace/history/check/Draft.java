package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A history that can still be changed. Partitions, producers and consumers are numbers from 0. */
final class Draft {
    static final long NOT_SAID = -1;

    record DraftProducer(Sending sending, Retrying retrying) {}

    final int partitions;
    final List<DraftProducer> producers = new ArrayList<>();
    int consumers;
    final List<DraftWrite> writes = new ArrayList<>();
    final List<DraftPoll> polls = new ArrayList<>();

    /** The partition by the consumer that reads it finally, and the log end by the consumer that says it reached it. */
    final TreeMap<Integer, Integer> finalReaders = new TreeMap<>();

    final TreeMap<Integer, Long> logEnds = new TreeMap<>();

    Draft(int partitions) {
        this.partitions = partitions;
    }

    History record() {
        HistoryRecorder recorder = new HistoryRecorder();
        for (int partition = 0; partition < partitions; partition++) {
            recorder.partition("t", partition);
        }
        for (int producer = 0; producer < producers.size(); producer++) {
            DraftProducer traits = producers.get(producer);
            recorder.producer("p" + producer, traits.sending(), traits.retrying());
        }
        for (int consumer = 0; consumer < consumers; consumer++) {
            Integer finallyReads = finalReaders.get(consumer);
            if (finallyReads == null) {
                recorder.consumer("c" + consumer);
            } else {
                recorder.finalReader("f" + consumer, finallyReads);
            }
        }
        logEnds.forEach(recorder::reachedLogEnd);
        writes.forEach(write -> record(write, recorder));
        polls.forEach(poll -> record(poll, recorder));
        return recorder.finish();
    }

    private static void record(DraftWrite write, HistoryRecorder recorder) {
        long value = recorder.invoked(write.producer, write.partition, write.promise, write.invoked);
        for (int attempt = 1; attempt < write.attempts; attempt++) {
            recorder.attemptedAgain(value);
        }
        if (write.isOpen()) {
            return;
        }
        switch (write.outcome) {
            case OK -> recorder.acknowledged(value, write.offset, write.ended);
            case FAILED -> recorder.failed(value, write.ended);
            case UNKNOWN -> recorder.unknown(value, write.ended);
        }
    }

    private static void record(DraftPoll poll, HistoryRecorder recorder) {
        if (poll.failed) {
            recorder.pollFailed(poll.consumer, poll.partition, poll.from, poll.invoked, poll.ended);
            return;
        }
        ReadRecords records = new ReadRecords();
        poll.records.forEach(seen -> records.add(seen.offset(), seen.value()));
        recorder.polled(poll.consumer, poll.partition, poll.from, poll.invoked, poll.ended, records);
    }

    boolean isFinal(DraftPoll poll) {
        return finalReaders.containsKey(poll.consumer);
    }

    /** The polls of the partition's final reader. */
    List<DraftPoll> finalPolls(int partition) {
        return polls.stream()
                .filter(poll -> poll.partition == partition && isFinal(poll) && !poll.failed)
                .toList();
    }

    long finalReadBegan(int partition) {
        return finalPolls(partition).getFirst().invoked;
    }

    /** Everything that was read anywhere. */
    Stream<DraftPoll> pollsOf(int partition) {
        return polls.stream().filter(poll -> poll.partition == partition && !poll.failed);
    }

    /** The final reader says from now on that it reached its end. */
    void finalReadIsWhole(int partition) {
        finalReaders.forEach((reader, reads) -> {
            if (reads == partition) {
                logEnds.put(reader, finalPolls(partition).getLast().positionAfter());
            }
        });
    }

    /** How many offsets are known to hold the value, by acknowledgement or reading. */
    long copiesKnown(DraftWrite write) {
        Stream<Long> read = pollsOf(write.partition)
                .flatMap(poll -> poll.records.stream())
                .filter(seen -> seen.value() == write.value)
                .map(DraftPoll.Seen::offset);
        Stream<Long> acknowledged = write.isKept() ? Stream.of(write.offset) : Stream.of();
        return Stream.concat(read, acknowledged).distinct().count();
    }
}
