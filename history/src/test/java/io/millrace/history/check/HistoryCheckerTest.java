package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import org.junit.jupiter.api.Test;

final class HistoryCheckerTest {
    private static final CheckOptions ANY_SIZE = CheckOptions.standard().withLeast(0, 0);

    private final HistoryRecorder recorder = new HistoryRecorder();
    private final int partition = recorder.partition("t", 0);
    private final int producer = recorder.producer("p", Sending.IN_ORDER, Retrying.IDEMPOTENT);
    private final int consumer = recorder.consumer("c");
    private final int finalReader = recorder.finalReader("f", partition);
    private long now;

    @Test
    void whatWasAcknowledgedAndReadIsValid() {
        // Given
        long first = acknowledged(0);
        long second = acknowledged(1);
        finallyRead(0, first, second);

        // When
        Verdict verdict = check();

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void anAcknowledgedWriteThatTheFinalReadLacksIsLost() {
        // Given
        long first = acknowledged(0);
        acknowledged(1);
        finallyRead(0, first);
        recorder.reachedLogEnd(finalReader, 1);

        // When
        Verdict verdict = check();

        // Then
        assertThat(kinds(verdict)).containsExactly(FindingKind.LOST_WRITE);
        assertThat(verdict.describe()).contains("acknowledged write of 1 is not in the final read");
    }

    @Test
    void aFinalReadThatStoppedBeforeTheKnownEndProvesNothing() {
        // Given
        long first = acknowledged(0);
        acknowledged(1);
        finallyRead(0, first);

        // When
        Verdict verdict = check();

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
        assertThat(verdict.describe()).contains("t-0");
    }

    @Test
    void aPollThatPassesOverAKnownRecordMissesIt() {
        // Given
        long first = acknowledged(0);
        long second = acknowledged(1);
        long third = acknowledged(2);
        recorder.polled(
                consumer,
                partition,
                0,
                tick(),
                tick(),
                new ReadRecords().add(0, first).add(2, third));
        finallyRead(0, first, second, third);

        // When
        Verdict verdict = check();

        // Then
        assertThat(kinds(verdict)).containsExactly(FindingKind.MISSING_RECORD);
    }

    private long tick() {
        now++;
        return now;
    }

    private long acknowledged(long offset) {
        long value = recorder.invoked(producer, partition, Promise.DURABLE, tick());
        recorder.acknowledged(value, offset, tick());
        return value;
    }

    private void finallyRead(long from, long... values) {
        ReadRecords records = new ReadRecords();
        for (int i = 0; i < values.length; i++) {
            records.add(from + i, values[i]);
        }
        recorder.polled(finalReader, partition, from, tick(), tick(), records);
    }

    private Verdict check() {
        return new HistoryChecker(ANY_SIZE).check(recorder.finish());
    }

    private static Iterable<FindingKind> kinds(Verdict verdict) {
        return ((Verdict.Invalid) verdict).counts().keySet();
    }
}
