package io.millrace.gateway.grpc;

/**
 * What a client has on its way in one stream, against what it may have. Confined to its stream.
 *
 * <p>The server frees a batch when it sends the acknowledgement and the client when that arrives, so a client that keeps to
 * its credit is never over it here.
 */
final class StreamWindow {
    private final int batchesMax;
    private final long bytesMax;
    private int batches;
    private long bytes;

    StreamWindow(int batchesMax, long bytesMax) {
        this.batchesMax = batchesMax;
        this.bytesMax = bytesMax;
    }

    int batchesMax() {
        return batchesMax;
    }

    long bytesMax() {
        return bytesMax;
    }

    /** Whether one more batch of this size is within the credit. A single one always is. */
    boolean hasRoomFor(long size) {
        return batches == 0 || (batches < batchesMax && bytes + size <= bytesMax);
    }

    void take(long size) {
        batches++;
        bytes += size;
    }

    void giveBack(long size) {
        batches--;
        bytes -= size;
    }
}
