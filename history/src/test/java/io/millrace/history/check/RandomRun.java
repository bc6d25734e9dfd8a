package io.millrace.history.check;

import io.millrace.history.Outcome;
import io.millrace.history.Promise;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a random history that is right by construction: producers and consumers talk to {@link ModelLog}s through a network that
 * delays, loses and refuses, while leaders change. Time stands still now and then, so that operations share moments.
 */
final class RandomRun {
    private static final int PIPELINE_MAX = 4;

    /** One attempt at a write, which the log has not seen yet. */
    private record Attempt(DraftWrite write, int number) {}

    /** One attempt that was stored, whose answer is not out yet. */
    private record Stored(DraftWrite write, int offset) {}

    private final Random random;
    private final Draft draft;
    private final List<ModelLog> logs = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Stored> stored = new ArrayList<>();
    private final RandomReaders readers;
    private long now = 1;

    private RandomRun(long seed) {
        random = new Random(seed);
        draft = new Draft(1 + random.nextInt(3));
        for (int partition = 0; partition < draft.partitions; partition++) {
            logs.add(new ModelLog());
        }
        readers = new RandomReaders(random, draft, logs);
        int producers = 1 + random.nextInt(5);
        for (int producer = 0; producer < producers; producer++) {
            draft.producers.add(new Draft.DraftProducer(pick(Sending.values()), pick(Retrying.values())));
        }
    }

    static Draft of(long seed, int steps) {
        RandomRun run = new RandomRun(seed);
        for (int step = 0; step < steps; step++) {
            run.step();
        }
        run.heal();
        return run.draft;
    }

    private void step() {
        now += random.nextInt(3);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> invoke();
            case 3, 4, 5 -> deliverAttempt();
            case 6, 7 -> answer();
            case 8 -> loseAttemptOrAnswer();
            case 9 -> giveUpOrTryAgain();
            case 10 -> commit();
            case 11, 12 -> readers.step(now);
            default -> logEvent();
        }
    }

    private void invoke() {
        int producer = random.nextInt(draft.producers.size());
        int partition = random.nextInt(draft.partitions);
        int open = draft.producers.get(producer).sending() == Sending.IN_ORDER ? 1 : PIPELINE_MAX;
        long openNow = draft.writes.stream()
                .filter(write -> write.isOpen() && write.producer == producer && write.partition == partition)
                .count();
        if (openNow < open) {
            Promise promise = random.nextInt(4) == 0 ? Promise.BEST_EFFORT : Promise.DURABLE;
            DraftWrite write = new DraftWrite(draft.writes.size(), producer, partition, promise, now);
            draft.writes.add(write);
            attempts.add(new Attempt(write, 1));
        }
    }

    private void deliverAttempt() {
        if (attempts.isEmpty()) {
            return;
        }
        Attempt attempt = attempts.remove(random.nextInt(attempts.size()));
        DraftWrite write = attempt.write();
        if (random.nextInt(10) == 0) {
            refuse(attempt);
            return;
        }
        ModelLog log = logs.get(write.partition);
        boolean idempotent = draft.producers.get(write.producer).retrying() == Retrying.IDEMPOTENT;
        int there = idempotent ? log.offsetOf(write.value) : -1;
        stored.add(new Stored(write, there >= 0 ? there : log.append(write.value)));
    }

    /** Only the last attempt's refusal ends the write; the producer waits no longer for those before. */
    private void refuse(Attempt attempt) {
        if (attempt.write().isOpen() && attempt.number() == attempt.write().attempts) {
            attempt.write().end(Outcome.FAILED, -1, now);
        }
    }

    private void answer() {
        if (stored.isEmpty()) {
            return;
        }
        Stored answer = stored.get(random.nextInt(stored.size()));
        DraftWrite write = answer.write();
        ModelLog log = logs.get(write.partition);
        boolean durable = answer.offset() < log.committed() && log.holds(answer.offset(), write.value);
        if (durable || write.promise == Promise.BEST_EFFORT) {
            stored.remove(answer);
            if (write.isOpen()) {
                write.end(Outcome.OK, answer.offset(), now);
            }
        }
    }

    private void loseAttemptOrAnswer() {
        if (random.nextBoolean() && !attempts.isEmpty()) {
            attempts.remove(random.nextInt(attempts.size()));
        } else if (!stored.isEmpty()) {
            stored.remove(random.nextInt(stored.size()));
        }
    }

    private void giveUpOrTryAgain() {
        List<DraftWrite> open = draft.writes.stream().filter(DraftWrite::isOpen).toList();
        if (open.isEmpty()) {
            return;
        }
        DraftWrite write = open.get(random.nextInt(open.size()));
        if (random.nextInt(3) == 0) {
            write.end(Outcome.UNKNOWN, -1, now);
        } else {
            write.attempts++;
            attempts.add(new Attempt(write, write.attempts));
        }
    }

    private void commit() {
        ModelLog log = logs.get(random.nextInt(logs.size()));
        log.commitTo(log.committed() + random.nextInt(log.end() - log.committed() + 1));
    }

    private void logEvent() {
        ModelLog log = logs.get(random.nextInt(logs.size()));
        if (random.nextInt(3) == 0) {
            log.appendMarker();
        } else if (random.nextInt(3) == 0) {
            log.loseFrom(log.committed() + random.nextInt(log.end() - log.committed() + 1));
        }
    }

    /** No more faults: everything stored is committed and read; some attempts still come late, between the final polls. */
    private void heal() {
        for (int partition = 0; partition < logs.size(); partition++) {
            ModelLog log = logs.get(partition);
            log.commitTo(log.end());
            now++;
            now = readers.readFinally(partition, now, () -> {
                deliverAttempt();
                log.commitTo(random.nextBoolean() ? log.end() : 0);
            });
        }
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
