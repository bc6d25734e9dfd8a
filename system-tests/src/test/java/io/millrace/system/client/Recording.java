package io.millrace.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.ReadRecords;
import io.millrace.history.check.CheckOptions;
import io.millrace.history.check.HistoryChecker;
import io.millrace.history.check.Verdict;
import io.millrace.v1.Record;

/**
 * What clients of one topic did and saw. The value of each record is the number of its write, in digits, so whoever reads it
 * can say which write it was.
 */
public final class Recording {
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final String topic;
    private final int[] ids;

    /** Of a topic with partitions 0 to {@code partitions - 1}. */
    public Recording(String topic, int partitions) {
        this.topic = topic;
        this.ids = new int[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            ids[partition] = recorder.partition(topic, partition);
        }
    }

    String topic() {
        return topic;
    }

    int partitions() {
        return ids.length;
    }

    HistoryRecorder recorder() {
        return recorder;
    }

    /** The recorder's number of a partition. */
    int id(int partition) {
        return ids[partition];
    }

    static ByteString bytes(long value) {
        return ByteString.copyFromUtf8(Long.toString(value));
    }

    static long valueOf(Record record) {
        return Long.parseLong(record.getValue().toStringUtf8());
    }

    /** Reads every partition from its beginning, while things may be wrong. */
    public void readOnce(Grpc gateway) {
        int reader = recorder.consumer("once");
        for (int partition = 0; partition < ids.length; partition++) {
            long invoked = System.nanoTime();
            ReadRecords records = new ReadRecords();
            try {
                gateway.readAll(topic, partition).forEach(record -> records.add(record.getOffset(), valueOf(record)));
                recorder.polled(reader, ids[partition], 0, invoked, System.nanoTime(), records);
            } catch (StatusRuntimeException refused) {
                recorder.pollFailed(reader, ids[partition], 0, invoked, System.nanoTime());
            }
        }
    }

    /** Reads every partition to its end, when nothing is wrong any more: what is missing then is lost. */
    public void readFinally(Grpc gateway) {
        for (int partition = 0; partition < ids.length; partition++) {
            int reader = recorder.finalReader("final", ids[partition]);
            long invoked = System.nanoTime();
            long end = gateway.endOf(topic, partition);
            ReadRecords records = new ReadRecords();
            long next = 0;
            for (Record record : gateway.readAll(topic, partition)) {
                records.add(record.getOffset(), valueOf(record));
                next = record.getOffset() + 1;
            }
            recorder.polled(reader, ids[partition], 0, invoked, System.nanoTime(), records);
            recorder.reachedLogEnd(reader, Math.max(next, end));
        }
    }

    /** Ends the recording, and fails unless every promise was kept and there was enough to see it. */
    public Verdict judge() {
        return judge(1);
    }

    /** The same, and so many writes must have been acknowledged. */
    public Verdict judge(long leastAcknowledged) {
        CheckOptions options = CheckOptions.standard().withLeast(leastAcknowledged, leastAcknowledged);
        Verdict verdict = new HistoryChecker(options).check(recorder.finish());
        assertThat(verdict.isValid()).as("%s", verdict.describe()).isTrue();
        return verdict;
    }
}
