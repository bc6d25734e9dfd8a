package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.history.Writes;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

final class ThinHistoriesTest {
    private static final CheckOptions ENOUGH = CheckOptions.standard().withLeast(2, 2);

    private final HistoryRecorder recorder = new HistoryRecorder();
    private final int partition = recorder.partition("t", 0);
    private final int producer = recorder.producer("p", Sending.IN_ORDER, Retrying.IDEMPOTENT);
    private final int reader = recorder.finalReader("f", partition);

    @Test
    void anEmptyHistoryProvesNothing() {
        assertDoubt(ENOUGH).contains("0 writes were acknowledged").contains("0 records were finally read");
    }

    @Test
    void enoughIsEnough() {
        write(0, Promise.DURABLE);
        write(1, Promise.DURABLE);
        finallyRead(0, 2);

        assertThat(check(ENOUGH).isValid()).isTrue();
    }

    @Test
    void acknowledgementsOfBestEffortDoNotCount() {
        write(0, Promise.DURABLE);
        write(1, Promise.BEST_EFFORT);
        finallyRead(0, 2);

        assertDoubt(ENOUGH).contains("1 writes were acknowledged as durable, at least 2 are needed");
    }

    @Test
    void aFinalReadThatBeganTooHighProvesNothing() {
        write(0, Promise.DURABLE);
        write(1, Promise.DURABLE);
        write(2, Promise.DURABLE);
        finallyRead(1, 3);

        assertDoubt(ENOUGH).contains("1 partitions were not finally read").contains("t-0");
    }

    @Test
    void aFinalReadWhosePollsFailedProvesNothing() {
        write(0, Promise.DURABLE);
        recorder.pollFailed(reader, partition, 0, 100, 101);
        recorder.reachedLogEnd(reader, 1);

        assertDoubt(ENOUGH).contains("t-0");
    }

    @Test
    void aWriteWithoutOffsetCallsForAFinalReadToTheLogEnd() {
        long value = recorder.invoked(producer, partition, Promise.DURABLE, 1);
        recorder.acknowledged(value, Writes.NO_OFFSET, 2);
        recorder.polled(reader, partition, 0, 3, 4, new ReadRecords());

        assertDoubt(ENOUGH.withLeast(0, 0)).contains("t-0");
    }

    @Test
    void aPartitionOfWhichNothingIsKnownNeedsNoFinalRead() {
        recorder.partition("t", 1);
        write(0, Promise.DURABLE);
        write(1, Promise.DURABLE);
        finallyRead(0, 2);

        assertThat(check(ENOUGH).isValid()).isTrue();
    }

    @Test
    void finalReadsNeedNotBeAskedFor() {
        write(0, Promise.DURABLE);
        write(1, Promise.DURABLE);

        assertThat(check(ENOUGH.withoutFinalReads()).isValid()).isTrue();
    }

    @Test
    void aFindingStandsHoweverThinTheRun() {
        write(0, Promise.DURABLE);
        recorder.polled(reader, partition, 0, 100, 101, new ReadRecords());
        recorder.reachedLogEnd(reader, 0);

        assertThat(check(CheckOptions.standard())).isInstanceOf(Verdict.Invalid.class);
    }

    @Test
    void allFindingsAreCountedAndFewAreKept() {
        for (int offset = 0; offset < 50; offset++) {
            write(offset, Promise.DURABLE);
        }
        recorder.polled(reader, partition, 0, 1000, 1001, new ReadRecords());
        recorder.reachedLogEnd(reader, 0);

        assertThat(check(ENOUGH.keeping(3))).isInstanceOfSatisfying(Verdict.Invalid.class, invalid -> {
            assertThat(invalid.count(FindingKind.LOST_WRITE)).isEqualTo(50);
            assertThat(invalid.findings()).hasSize(3);
        });
    }

    /** One write after the other, in offset order from 0. */
    private void write(long offset, Promise promise) {
        long value = recorder.invoked(producer, partition, promise, 10 * offset);
        recorder.acknowledged(value, offset, 10 * offset + 1);
    }

    private void finallyRead(long from, long end) {
        ReadRecords records = new ReadRecords();
        for (long offset = from; offset < end; offset++) {
            records.add(offset, offset);
        }
        recorder.polled(reader, partition, from, 1000, 1001, records);
    }

    private AbstractStringAssert<?> assertDoubt(CheckOptions options) {
        Verdict verdict = check(options);
        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
        return assertThat(verdict.describe());
    }

    private Verdict check(CheckOptions options) {
        return new HistoryChecker(options).check(recorder.finish());
    }
}
