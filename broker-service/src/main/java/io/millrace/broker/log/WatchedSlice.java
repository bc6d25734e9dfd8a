package io.millrace.broker.log;

import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.core.api.RecordsSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A slice that tells its log when it cannot be read: it is read on another thread, where nobody else would. */
record WatchedSlice(RecordsSlice slice, long offset, LogObserver observer) implements RecordsSlice {
    @Override
    public int sizeInBytes() {
        return slice.sizeInBytes();
    }

    @Override
    public ByteBuffer read() throws IOException {
        try {
            return slice.read();
        } catch (CorruptSegmentException damage) {
            observer.suspected(damage.offset(), 1);
            throw damage;
        } catch (IOException unreadable) {
            observer.suspected(offset, sizeInBytes());
            throw unreadable;
        }
    }

    @Override
    public long transferTo(long position, WritableByteChannel to) throws IOException {
        return slice.transferTo(position, to);
    }
}
