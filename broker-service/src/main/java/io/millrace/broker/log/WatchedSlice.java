package io.millrace.broker.log;

import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A slice that tells its log when it cannot be read: it is read on another thread, where nobody else would. */
record WatchedSlice(RecordsSlice slice, long offset, EpochHistory epochs, LogObserver observer)
        implements RecordsSlice {
    @Override
    public int sizeInBytes() {
        return slice.sizeInBytes();
    }

    @Override
    public ByteBuffer read() throws IOException {
        try {
            ByteBuffer bytes = slice.read();
            verify(bytes);
            return bytes;
        } catch (CorruptSegmentException damage) {
            observer.suspected(damage.offset(), 1);
            throw damage;
        } catch (IOException unreadable) {
            observer.suspected(offset, sizeInBytes());
            throw unreadable;
        }
    }

    private void verify(ByteBuffer bytes) throws CorruptSegmentException {
        for (RecordBatch batch : RecordBatches.in(bytes)) {
            if (epochs.contradicts(batch.baseOffset(), batch.leaderEpoch())) {
                throw new CorruptSegmentException(
                        "The record batch at offset " + batch.baseOffset() + " says that it is of leader epoch "
                                + batch.leaderEpoch() + ", in which nothing was written there.",
                        batch.baseOffset());
            }
        }
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) throws IOException {
        return slice.transferTo(position, to);
    }
}
