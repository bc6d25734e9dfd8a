package io.millrace.history.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The readers of a {@link RandomRun}: some consumers that start again now and then, and at the end the final readers. */
final class RandomReaders {
    private static final int CONSUMERS = 3;
    private static final int POLL_MAX = 6;

    private final Random random;
    private final Draft draft;
    private final List<ModelLog> logs;
    private final List<Reader> readers = new ArrayList<>();

    private static final class Reader {
        final int consumer;
        final int partition;
        long position;

        Reader(int consumer, int partition, long position) {
            this.consumer = consumer;
            this.partition = partition;
            this.position = position;
        }
    }

    /** A poll under way. */
    private final List<DraftPoll> invoked = new ArrayList<>();

    RandomReaders(Random random, Draft draft, List<ModelLog> logs) {
        this.random = random;
        this.draft = draft;
        this.logs = logs;
        for (int reader = 0; reader < CONSUMERS; reader++) {
            readers.add(started());
        }
    }

    private Reader started() {
        int partition = random.nextInt(logs.size());
        int position = random.nextInt(logs.get(partition).committed() + 1);
        draft.consumers++;
        return new Reader(draft.consumers - 1, partition, position);
    }

    void step(long now) {
        int index = random.nextInt(readers.size());
        Reader reader = readers.get(index);
        DraftPoll underWay = underWay(reader);
        if (underWay != null) {
            end(reader, underWay, now);
        } else if (random.nextInt(20) == 0) {
            readers.set(index, started());
        } else {
            invoked.add(new DraftPoll(reader.consumer, reader.partition, reader.position, now));
        }
    }

    private @Nullable DraftPoll underWay(Reader reader) {
        return invoked.stream()
                .filter(poll -> poll.consumer == reader.consumer)
                .findFirst()
                .orElse(null);
    }

    private void end(Reader reader, DraftPoll poll, long now) {
        invoked.remove(poll);
        poll.ended = now;
        poll.failed = random.nextInt(10) == 0;
        if (!poll.failed) {
            logs.get(poll.partition).read(poll, random.nextInt(POLL_MAX));
            reader.position = poll.positionAfter();
        }
        draft.polls.add(poll);
    }

    /** Reads to the end and lets something happen between polls. Returns the time after it. */
    long readFinally(int partition, long start, Runnable between) {
        ModelLog log = logs.get(partition);
        int reader = draft.consumers++;
        draft.finalReaders.put(reader, partition);
        long now = start;
        long position = 0;
        do {
            DraftPoll poll = new DraftPoll(reader, partition, position, now++);
            log.read(poll, POLL_MAX);
            poll.ended = now++;
            draft.polls.add(poll);
            position = Math.min(log.committed(), position + POLL_MAX);
            between.run();
        } while (position < log.committed());
        draft.logEnds.put(reader, position);
        return now;
    }
}
