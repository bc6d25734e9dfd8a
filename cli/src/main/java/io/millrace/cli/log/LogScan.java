package io.millrace.cli.log;

import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.BatchProblem;
import io.millrace.core.records.DeepCheck;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Goes through a log file batch by batch, up to the first damage; never has more than one batch in memory. */
final class LogScan {
    /** Far above any max.message.bytes that makes sense; a larger size in a header is taken for damage. */
    static final int BATCH_BYTES_MAX = 256 << 20;

    private final FileChannel file;
    private final boolean deep;
    private long lastOffset = -1;

    LogScan(FileChannel file, boolean deep) {
        this.file = file;
        this.deep = deep;
    }

    /** Where in the file a batch begins, and the batch. */
    record Found(long position, RecordBatch batch) {}

    /** The first place that is not as it should be. */
    record Damage(long position, String message) {}

    interface Visitor {
        void found(Found batch) throws IOException;
    }

    /** Shows every batch that is whole, a last one with a wrong CRC included. */
    Optional<Damage> visit(Visitor visitor) throws IOException {
        long position = 0;
        long size = file.size();
        while (position < size) {
            ByteBuffer header = read(position, (int) Math.min(BatchHeader.SIZE, size - position));
            Optional<String> impossible = impossible(header, size - position);
            if (impossible.isPresent()) {
                return Optional.of(new Damage(position, impossible.get()));
            }
            ByteBuffer bytes = read(position, BatchHeader.at(header).sizeInBytes());
            RecordBatch batch = RecordBatch.at(bytes);
            Optional<String> problem = problem(bytes, batch);
            if (problem.isEmpty() || !batch.crcHolds()) {
                visitor.found(new Found(position, batch));
            }
            if (problem.isPresent()) {
                return Optional.of(new Damage(position, problem.get()));
            }
            lastOffset = batch.lastOffset();
            position += batch.sizeInBytes();
        }
        return Optional.empty();
    }

    private static Optional<String> impossible(ByteBuffer header, long bytesLeft) {
        if (header.remaining() < BatchHeader.SIZE) {
            return Optional.of("The file ends in the middle of a batch header; a broker cuts that off when it starts.");
        }
        Optional<String> problem = BatchCheck.headerProblem(header).map(BatchProblem::message);
        if (problem.isPresent()) {
            return problem;
        }
        int size = BatchHeader.at(header).sizeInBytes();
        if (size > bytesLeft) {
            return Optional.of("The batch says that it has " + size + " bytes, and the file ends after " + bytesLeft
                    + "; a broker cuts such an end off when it starts.");
        }
        return size > BATCH_BYTES_MAX
                ? Optional.of("The batch says that it has " + size + " bytes, which is more than any real one.")
                : Optional.empty();
    }

    private Optional<String> problem(ByteBuffer bytes, RecordBatch batch) {
        Optional<BatchProblem> problem =
                deep ? DeepCheck.check(bytes, RecordBatch.DECOMPRESSED_BYTES_MAX) : BatchCheck.intact(bytes);
        if (problem.isEmpty() && batch.baseOffset() <= lastOffset) {
            return Optional.of("The batch begins with offset " + batch.baseOffset() + ", but offset " + lastOffset
                    + " came before.");
        }
        return problem.map(BatchProblem::message);
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return buffer.flip();
    }
}
