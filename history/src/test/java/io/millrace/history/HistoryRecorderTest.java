package io.millrace.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class HistoryRecorderTest {
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final int partition = recorder.partition("t", 7);
    private final int producer = recorder.producer("p", Sending.PIPELINED, Retrying.MAY_DUPLICATE);

    @Test
    void aPartitionNamedTwiceIsTheSame() {
        assertThat(recorder.partition("t", 7)).isEqualTo(partition);
        assertThat(recorder.partition("t", 8)).isNotEqualTo(partition);
    }

    @Test
    void aWriteTellsAllThatWasRecordedOfIt() {
        // Given
        long value = invoked(10);
        recorder.attemptedAgain(value);
        recorder.attemptedAgain(value);
        recorder.acknowledged(value, 42, 30);

        // When
        Write write = recorder.finish().write(value);

        // Then
        assertThat(write)
                .isEqualTo(new Write(
                        value,
                        new Producer(0, "p", Sending.PIPELINED, Retrying.MAY_DUPLICATE),
                        new Partition(0, "t", 7),
                        Promise.BEST_EFFORT,
                        3,
                        10,
                        30,
                        Outcome.OK,
                        42));
    }

    @Test
    void aWriteThatNeverEndedIsUnknown() {
        // Given
        long value = invoked(10);

        // When
        Write write = recorder.finish().write(value);

        // Then
        assertThat(write.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(write.endedNanos()).isEqualTo(Writes.NEVER);
        assertThat(write).asString().contains("never ended");
    }

    @Test
    void pollsKeepTheirRecordsWhateverTheyAre() {
        // Given
        int consumer = recorder.consumer("c");
        recorder.polled(
                consumer, partition, 5, 1, 2, new ReadRecords().add(5, 0).add(6, 1));
        recorder.pollFailed(consumer, partition, 7, 2, 3);
        recorder.polled(
                consumer, partition, 7, 3, 4, new ReadRecords().add(9, -3).add(2, Long.MAX_VALUE));

        // When
        Polls polls = recorder.finish().polls();

        // Then
        assertThat(records(polls, 0)).containsExactly(5L, 0L, 6L, 1L);
        assertThat(records(polls, 1)).isEmpty();
        assertThat(records(polls, 2)).containsExactly(9L, -3L, 2L, Long.MAX_VALUE);
        assertThat(List.of(polls.failed(0), polls.failed(1), polls.failed(2))).containsExactly(false, true, false);
        assertThat(List.of(polls.positionAfter(0), polls.positionAfter(1), polls.positionAfter(2)))
                .containsExactly(7L, 7L, 10L);
        assertThat(List.of(polls.rises(0), polls.rises(1), polls.rises(2))).containsExactly(true, true, false);
    }

    @Test
    void anOperationEndsOnce() {
        // Given
        long value = invoked(10);
        recorder.failed(value, 20);

        // When, Then
        assertThatIllegalStateException().isThrownBy(() -> recorder.acknowledged(value, 1, 30));
        assertThatIllegalStateException().isThrownBy(() -> recorder.attemptedAgain(value));
        assertThatIllegalStateException().isThrownBy(() -> recorder.unknown(value + 1, 30));
    }

    @Test
    void anOperationDoesNotEndBeforeItBegan() {
        // Given
        long value = invoked(10);
        int consumer = recorder.consumer("c");

        // When, Then
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.acknowledged(value, 1, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.pollFailed(consumer, partition, 0, 10, 9));
    }

    @Test
    void whatNobodyNamedIsRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> recorder.invoked(producer + 1, partition, Promise.DURABLE, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> recorder.invoked(producer, partition + 1, Promise.DURABLE, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> recorder.pollFailed(0, partition, 0, 1, 2));
    }

    @Test
    void aFinalReaderReadsItsPartitionOnly() {
        // Given
        int other = recorder.partition("t", 8);
        int reader = recorder.finalReader("f", partition);

        // When, Then
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.pollFailed(reader, other, 0, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.reachedLogEnd(recorder.consumer("c"), 5));
    }

    @Test
    void nothingIsRecordedAfterTheEnd() {
        // Given
        long value = invoked(10);
        recorder.finish();

        // When, Then
        assertThatIllegalStateException().isThrownBy(() -> recorder.acknowledged(value, 1, 20));
        assertThatIllegalStateException().isThrownBy(() -> invoked(20));
    }

    @Test
    void manyThreadsRecordWithoutLosingAnything() throws ExecutionException, InterruptedException {
        // Given
        int threads = 8;
        int each = 20_000;
        ConcurrentHashMap.KeySetView<Long, Boolean> values = ConcurrentHashMap.newKeySet();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = recorder.producer("p" + thread, Sending.IN_ORDER, Retrying.IDEMPOTENT);
                int consumer = recorder.consumer("c" + thread);
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        long value = recorder.invoked(own, partition, Promise.DURABLE, i);
                        values.add(value);
                        recorder.acknowledged(value, value, i);
                        recorder.polled(consumer, partition, value, i, i, new ReadRecords().add(value, value));
                    }
                }));
            }

            // When
            for (Future<?> future : futures) {
                future.get();
            }
        }

        // Then
        History history = recorder.finish();
        assertThat(values).hasSize(threads * each);
        assertThat(history.writes().size()).isEqualTo(threads * each);
        assertThat(history.polls().allRecords()).isEqualTo((long) threads * each);
        for (int row = 0; row < threads * each; row++) {
            assertThat(history.writes().offset(row)).isEqualTo(row);
            assertThat(history.polls().value(row, 0)).isEqualTo(history.polls().from(row));
        }
    }

    private long invoked(long nanos) {
        return recorder.invoked(producer, partition, Promise.BEST_EFFORT, nanos);
    }

    private static List<Long> records(Polls polls, int poll) {
        List<Long> cells = new ArrayList<>();
        for (int index = 0; index < polls.records(poll); index++) {
            cells.add(polls.offset(poll, index));
            cells.add(polls.value(poll, index));
        }
        return cells;
    }
}
