package io.millrace.gateway.rest.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the reports of a stream of records in their order, on a thread of its own, while the request's thread reads on.
 * Records whose report is not written yet are bounded in number and bytes: over it the reader waits, so its socket fills,
 * so the client waits.
 */
final class ReportStream {
    private static final int RECORDS_IN_FLIGHT_MAX = 1000;
    private static final CompletableFuture<RecordFate> END = new CompletableFuture<>();

    private final JsonMapper json;
    private final WriteTarget target;
    private final OutputStream out;
    private final int windowBytes;
    private final Semaphore window;
    private final BlockingQueue<InFlight> inFlight = new ArrayBlockingQueue<>(RECORDS_IN_FLIGHT_MAX);
    private volatile @Nullable IOException broken;

    ReportStream(JsonMapper json, WriteTarget target, OutputStream out, int windowBytes) {
        this.json = json;
        this.target = target;
        this.out = out;
        this.windowBytes = windowBytes;
        this.window = new Semaphore(windowBytes);
    }

    /** Waits until the bytes of another record may be in flight. Called by the reader. */
    void admit(int bytes) throws IOException {
        try {
            window.acquire(Math.min(bytes, windowBytes));
        } catch (InterruptedException stop) {
            throw interrupted();
        }
        IOException failure = broken;
        if (failure != null) {
            throw failure;
        }
    }

    /** Queues the report of a record that was admitted with so many bytes. Called by the reader. */
    void report(CompletableFuture<RecordFate> fate, int bytes) throws IOException {
        try {
            inFlight.put(new InFlight(fate, Math.min(bytes, windowBytes)));
        } catch (InterruptedException stop) {
            throw interrupted();
        }
    }

    /** Says that no more reports come. Called by the reader. */
    void end() throws IOException {
        report(END, 0);
    }

    /**
     * Writes until the end; runs on the writer's thread. When the client no longer reads, it goes on without writing, so
     * that the reader is let go.
     */
    void write() {
        try {
            for (InFlight next = inFlight.take(); next.fate != END; next = inFlight.take()) {
                write(next.fate.join());
                window.release(next.bytes);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(RecordFate fate) {
        if (broken != null) {
            return;
        }
        try {
            out.write(json.writeValueAsBytes(fate.report(target)));
            out.write('\n');
            if (inFlight.isEmpty()) {
                out.flush();
            }
        } catch (IOException gone) {
            broken = gone;
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The gateway stops");
    }

    private record InFlight(CompletableFuture<RecordFate> fate, int bytes) {}
}
