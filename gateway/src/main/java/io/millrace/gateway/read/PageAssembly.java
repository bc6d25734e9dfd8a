package io.millrace.gateway.read;

import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as it fills. Every partition gets an equal share of the room, and what it does not need goes to the others; the
 * next page begins with the partition behind the last one served. So a busy partition cannot starve the others, neither
 * within a page nor from page to page. Confined to one page.
 */
final class PageAssembly {
    private final ReadRequest request;
    private final int recordsMax;
    private final long bytesMax;
    private final List<PartitionScan> scans;
    private final List<ReadRecord> records = new ArrayList<>();
    private long bytes;
    private long scanned;
    private boolean full;
    /** Index of the scan that is served first in the next round. */
    private int first;

    PageAssembly(ReadRequest request, ReaderOptions options, DecompressionRoom room) {
        this.request = request;
        this.recordsMax = Math.min(request.maxRecords(), options.pageRecordsMax());
        this.bytesMax = Math.min(request.maxBytes(), options.pageBytesMax());
        this.scans = request.cursor().positions().stream()
                .map(position -> new PartitionScan(position, endOf(position), room))
                .toList();
    }

    private long endOf(Position position) {
        return request.end()
                .flatMap(end -> end.position(position.partition()))
                .map(Position::offset)
                .orElse(Long.MAX_VALUE);
    }

    /** The scans in the order of serving, those left out that have reached the request's end. */
    List<PartitionScan> wanted() {
        return inOrder().stream().filter(scan -> !scan.hasEnded()).toList();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean isFull() {
        return full || records.size() >= recordsMax;
    }

    int recordsLeft() {
        return recordsMax - records.size();
    }

    long bytesLeft() {
        return bytesMax - bytes;
    }

    long bytesScanned() {
        return scans.stream().mapToLong(PartitionScan::bytesScanned).sum();
    }

    boolean isAtEnd() {
        return scans.stream().allMatch(scan -> scan.isAtEnd(request.isolation()));
    }

    /** Takes records out of what the scans have at hand, which they then let go; returns whether any was looked at. */
    boolean fill() {
        long before = bytesScanned();
        try {
            takeWhatIsReady();
        } finally {
            scans.forEach(PartitionScan::forget);
        }
        return bytesScanned() > before;
    }

    private void takeWhatIsReady() {
        List<PartitionScan> ready = ready();
        while (!ready.isEmpty() && !isFull()) {
            int share = Math.ceilDiv(recordsLeft(), ready.size());
            for (PartitionScan scan : ready) {
                if (!isFull() && takeFrom(scan, share)) {
                    first = (scans.indexOf(scan) + 1) % scans.size();
                }
            }
            ready = ready();
        }
    }

    ReadPage page() {
        List<PartitionScan> order = inOrder();
        Cursor next = new Cursor(order.stream().map(PartitionScan::position).toList());
        long toEnd = scans.stream()
                .mapToLong(scan -> scan.recordsToEnd(request.isolation()))
                .sum();
        return new ReadPage(
                records,
                next,
                scans.stream().map(PartitionScan::edges).toList(),
                scanned,
                bytesScanned(),
                toEnd,
                isAtEnd());
    }

    /** Bytes of keys, values and headers in the page. */
    long bytes() {
        return bytes;
    }

    private List<PartitionScan> ready() {
        return inOrder().stream().filter(scan -> scan.peek() != null).toList();
    }

    private List<PartitionScan> inOrder() {
        List<PartitionScan> order = new ArrayList<>(scans);
        Collections.rotate(order, -first);
        return order;
    }

    /** Takes up to so many records that pass the filter; returns whether it looked at any. */
    private boolean takeFrom(PartitionScan scan, int count) {
        int taken = 0;
        boolean looked = false;
        for (LogRecord next = scan.peek(); next != null && taken < count; next = scan.peek()) {
            boolean accepted = request.filter().accepts(next);
            long size = sizeOf(next);
            if (accepted && !records.isEmpty() && bytes + size > bytesMax) {
                full = true;
                return looked;
            }
            ReadRecord record = scan.take();
            scanned++;
            looked = true;
            if (accepted) {
                records.add(record);
                bytes += size;
                taken++;
            }
        }
        return looked;
    }

    private static long sizeOf(LogRecord record) {
        long size = sizeOf(record.key()) + (long) sizeOf(record.value());
        for (RecordHeader header : record.headers()) {
            size += header.key().length() + (long) sizeOf(header.value());
        }
        return size;
    }

    private static int sizeOf(@Nullable ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }
}
