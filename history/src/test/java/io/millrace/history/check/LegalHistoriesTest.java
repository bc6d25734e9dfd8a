package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.history.Writes;
import org.junit.jupiter.api.Test;

/** The edges of what is legal, each with the step over it. */
final class LegalHistoriesTest {
    private static final HistoryChecker ANY_SIZE =
            new HistoryChecker(CheckOptions.standard().withLeast(0, 0));

    private final HistoryRecorder recorder = new HistoryRecorder();
    private final int partition = recorder.partition("t", 0);
    private final int idempotent = recorder.producer("i", Sending.IN_ORDER, Retrying.IDEMPOTENT);
    private final int repeating = recorder.producer("r", Sending.PIPELINED, Retrying.MAY_DUPLICATE);
    private final int consumer = recorder.consumer("c");

    @Test
    void aWriteOfUnknownFateMayBeStoredOrNot() {
        long first = recorder.invoked(idempotent, partition, Promise.DURABLE, 1);
        recorder.unknown(first, 2);
        long second = recorder.invoked(idempotent, partition, Promise.DURABLE, 3);
        finallyRead(10, second);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void eachAttemptOfUnknownFateMayLeaveACopy() {
        long value = recorder.invoked(repeating, partition, Promise.DURABLE, 1);
        recorder.attemptedAgain(value);
        recorder.acknowledged(value, 1, 2);
        finallyRead(10, value, value);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void aLastAttemptThatCertainlyFailedLeavesNone() {
        long value = recorder.invoked(repeating, partition, Promise.DURABLE, 1);
        recorder.attemptedAgain(value);
        recorder.failed(value, 2);
        finallyRead(10, value, value);

        assertThat(((Verdict.Invalid) verdict()).count(FindingKind.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void anIdempotentProducerLeavesOneCopyHoweverOftenItTried() {
        long value = recorder.invoked(idempotent, partition, Promise.DURABLE, 1);
        recorder.attemptedAgain(value);
        recorder.attemptedAgain(value);
        recorder.unknown(value, 2);
        finallyRead(10, value, value);

        assertThat(((Verdict.Invalid) verdict()).counts()).containsOnlyKeys(FindingKind.DUPLICATE);
    }

    @Test
    void anAcknowledgementOfBestEffortMayBeLostAndItsOffsetTaken() {
        long lost = recorder.invoked(repeating, partition, Promise.BEST_EFFORT, 1);
        recorder.acknowledged(lost, 0, 2);
        long kept = recorder.invoked(repeating, partition, Promise.DURABLE, 3);
        recorder.acknowledged(kept, 0, 4);
        finallyRead(10, kept);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void whatBestEffortStoredStaysOnceItWasRead() {
        long value = recorder.invoked(repeating, partition, Promise.BEST_EFFORT, 1);
        recorder.acknowledged(value, 0, 2);
        recorder.polled(consumer, partition, 0, 3, 4, new ReadRecords().add(0, value));
        finallyRead(10);

        assertThat(((Verdict.Invalid) verdict()).counts()).containsOnlyKeys(FindingKind.VANISHED_RECORD);
    }

    @Test
    void whatWasAcknowledgedWithoutOffsetIsLookedForAnywhere() {
        long value = recorder.invoked(idempotent, partition, Promise.DURABLE, 1);
        recorder.acknowledged(value, Writes.NO_OFFSET, 2);
        finallyRead(10);

        assertThat(((Verdict.Invalid) verdict()).counts()).containsOnlyKeys(FindingKind.LOST_WRITE);
    }

    @Test
    void aPollThatOverlapsAnAcknowledgementMayMissTheRecord() {
        long first = acknowledged(0, 1, 5);
        long second = acknowledged(1, 6, 7);
        recorder.polled(consumer, partition, 0, 5, 8, new ReadRecords().add(1, second));
        finallyRead(10, first, second);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void aPollThatBeganAfterTheAcknowledgementMayNot() {
        long first = acknowledged(0, 1, 4);
        long second = acknowledged(1, 6, 7);
        recorder.polled(consumer, partition, 0, 5, 8, new ReadRecords().add(1, second));
        finallyRead(10, first, second);

        assertThat(((Verdict.Invalid) verdict()).counts()).containsOnlyKeys(FindingKind.MISSING_RECORD);
    }

    @Test
    void aPollMayReturnLessThanThereIs() {
        long first = acknowledged(0, 1, 2);
        recorder.polled(consumer, partition, 0, 3, 4, new ReadRecords());
        finallyRead(10, first);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void aConsumerMayAskAgainAfterAPollThatFailed() {
        long first = acknowledged(0, 1, 2);
        recorder.polled(consumer, partition, 0, 3, 4, new ReadRecords().add(0, first));
        recorder.pollFailed(consumer, partition, 1, 5, 6);
        recorder.polled(consumer, partition, 1, 7, 8, new ReadRecords());
        finallyRead(10, first);

        assertThat(verdict().isValid()).isTrue();
    }

    @Test
    void aWriteLiesAboveWhatWasReadBeforeItBegan() {
        long read = recorder.invoked(repeating, partition, Promise.DURABLE, 1);
        recorder.polled(consumer, partition, 1, 2, 3, new ReadRecords().add(1, read));
        long later = recorder.invoked(idempotent, partition, Promise.DURABLE, 4);
        finallyRead(10, later, read);

        assertThat(((Verdict.Invalid) verdict()).counts()).containsOnlyKeys(FindingKind.BEHIND_THE_PAST);
    }

    @Test
    void aWriteAcknowledgedDuringTheFinalReadIsNotJudgedByIt() {
        acknowledged(0, 9, 11);
        finallyRead(10);

        assertThat(verdict().isValid()).isTrue();
    }

    private long acknowledged(long offset, long invokedNanos, long endedNanos) {
        long value = recorder.invoked(repeating, partition, Promise.DURABLE, invokedNanos);
        recorder.acknowledged(value, offset, endedNanos);
        return value;
    }

    private void finallyRead(long nanos, long... values) {
        int reader = recorder.finalReader("f", partition);
        ReadRecords records = new ReadRecords();
        for (int offset = 0; offset < values.length; offset++) {
            records.add(offset, values[offset]);
        }
        recorder.polled(reader, partition, 0, nanos, nanos + 1, records);
        recorder.reachedLogEnd(reader, values.length);
    }

    private Verdict verdict() {
        return ANY_SIZE.check(recorder.finish());
    }
}
