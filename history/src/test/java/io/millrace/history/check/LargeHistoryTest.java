package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.History;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.ReadRecords;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import org.junit.jupiter.api.Test;

/** Size is no matter: all operations are in one partition, which is the worst case for memory. */
final class LargeHistoryTest {
    private static final int OPERATIONS = 1_000_000;
    private static final int RECORDS_PER_POLL = 4;

    @Test
    void millionsOfOperationsAreJudgedInTheHeapOfATest() {
        // Given
        History history = history(OPERATIONS / 2);

        // When
        Verdict verdict = new HistoryChecker(CheckOptions.standard()).check(history);

        // Then
        assertThat(verdict.isValid()).withFailMessage(verdict::describe).isTrue();
    }

    /** As many polls as writes: a few consumers read along, and one reads at the end. */
    private static History history(int writes) {
        HistoryRecorder recorder = new HistoryRecorder();
        int partition = recorder.partition("t", 0);
        int producer = recorder.producer("p", Sending.IN_ORDER, Retrying.IDEMPOTENT);
        int[] consumers = new int[RECORDS_PER_POLL];
        for (int i = 0; i < consumers.length; i++) {
            consumers[i] = recorder.consumer("c" + i);
        }
        ReadRecords records = new ReadRecords();
        long now = 0;
        for (int offset = 0; offset < writes; offset++) {
            now += 2;
            long value = recorder.invoked(producer, partition, Promise.DURABLE, now);
            recorder.acknowledged(value, offset, now + 1);
            if (offset % RECORDS_PER_POLL == RECORDS_PER_POLL - 1) {
                records.clear();
                for (int back = RECORDS_PER_POLL - 1; back >= 0; back--) {
                    records.add(offset - back, value - back);
                }
                for (int consumer : consumers) {
                    recorder.polled(consumer, partition, records.offset(0), now, now + 1, records);
                }
            }
        }
        int reader = recorder.finalReader("f", partition);
        records.clear();
        for (int offset = 0; offset < writes; offset++) {
            records.add(offset, offset);
        }
        recorder.polled(reader, partition, 0, now + 2, now + 3, records);
        return recorder.finish();
    }

    /** Every poll passes over everything that is known, which must not be gone through each time. */
    @Test
    void aHistoryFullOfFindingsIsJudgedAsFast() {
        // Given
        int writes = OPERATIONS / 10;
        HistoryRecorder recorder = new HistoryRecorder();
        int partition = recorder.partition("t", 0);
        int producer = recorder.producer("p", Sending.IN_ORDER, Retrying.IDEMPOTENT);
        for (int offset = 0; offset < writes; offset++) {
            recorder.acknowledged(recorder.invoked(producer, partition, Promise.DURABLE, offset), offset, offset);
        }
        ReadRecords last = new ReadRecords().add(writes - 1, writes - 1);
        for (int poll = 0; poll < writes; poll++) {
            recorder.polled(recorder.consumer("c"), partition, 0, writes, writes, last);
        }

        // When
        Verdict verdict = new HistoryChecker(CheckOptions.standard()).check(recorder.finish());

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.count(FindingKind.MISSING_RECORD))
                                .isEqualTo(writes));
    }
}
