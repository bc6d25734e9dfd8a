package io.millrace.rpc.replica;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a session costs: a leader and a follower in this process, over the loopback. The leader reads a file that is in the
 * page cache, the follower keeps nothing. The follower's answers move a window of 8 MiB on, as a real one's positions do.
 * Latency is that of a part of 1 KiB, from the pull to the part. Processor time is that of both ends.
 */
final class SessionBench implements ReplicaApi {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final int WINDOW_BYTES = 8 << 20;
    private static final int FILE_BYTES = 64 << 20;
    private static final int[] PART_BYTES = {64 << 10, 1 << 20};
    private static final int ASKED = 50_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final FileChannel file;
    private final int partBytes;
    private long position;

    private SessionBench(FileChannel file, int partBytes) {
        this.file = file;
        this.partBytes = partBytes;
    }

    public static void main(String[] args) throws Exception {
        Path path = Files.createTempFile("session-bench", ".log");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(FILE_BYTES));
            System.out.println("part KiB   MB/s   CPU s per GB");
            for (int partBytes : PART_BYTES) {
                throughput(file, partBytes);
            }
            latency(file);
        } finally {
            Files.delete(path);
        }
    }

    private static void throughput(FileChannel file, int partBytes) throws InterruptedException {
        try (ServedLeader served = new ServedLeader(new SessionBench(file, partBytes));
                Followers followers = new Followers()) {
            Taking taking = new Taking();
            ReplicaSession session = followers.to(served.port()).open(Said.HELLO, taking);
            taking.session = session;
            for (int i = 0; i < WINDOW_BYTES / partBytes; i++) {
                session.pull(Said.pull(i));
            }
            Thread.sleep(WARM_UP);
            long bytesBefore = taking.bytes.get();
            long cpuBefore = cpuNanos();
            long start = System.nanoTime();
            Thread.sleep(MEASURED);
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            double cpu = (cpuNanos() - cpuBefore) / NANOS_PER_SECOND;
            double gigabytes = (taking.bytes.get() - bytesBefore) / 1e9;
            System.out.printf(
                    Locale.ROOT, "%8d %6.0f %14.2f%n", partBytes >> 10, gigabytes * 1e3 / seconds, cpu / gigabytes);
            session.close();
        }
    }

    private static void latency(FileChannel file) throws InterruptedException {
        try (ServedLeader served = new ServedLeader(new SessionBench(file, 1 << 10));
                Followers followers = new Followers()) {
            BlockingQueue<ReplicaPart> heard = new LinkedBlockingQueue<>();
            ReplicaSession session = followers.to(served.port()).open(Said.HELLO, new ReplicaListener() {
                @Override
                public void onParts(List<ReplicaPart> parts) {
                    heard.addAll(parts);
                }

                @Override
                public void onClosed(Refusal why) {
                    throw new IllegalStateException(why.message());
                }
            });
            long[] nanos = new long[ASKED];
            for (int i = 0; i < 2 * ASKED; i++) {
                long start = System.nanoTime();
                session.pull(Said.pull(i));
                heard.take();
                nanos[i % ASKED] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "pull to part of 1 KiB: p50 %.0f us, p99 %.0f us%n",
                    nanos[ASKED / 2] / 1e3,
                    nanos[ASKED * 99 / 100] / 1e3);
            session.close();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Each pull is answered with the next part of the file. */
    @Override
    public ReplicaSession open(ReplicaHello hello, ReplicaListener listener) {
        return new ReplicaSession() {
            @Override
            public void pull(ReplicaPull pull) {
                position = (position + partBytes) % (FILE_BYTES - partBytes);
                listener.onParts(List.of(new ReplicaPart.Records(
                        Said.ORDERS, 3, 5, new FilePart(file, position, partBytes), position, 0)));
            }

            @Override
            public void close() {}
        };
    }

    /** Pulls again for each part. */
    private static final class Taking implements ReplicaListener {
        private final AtomicLong bytes = new AtomicLong();
        private volatile ReplicaSession session = ReplicaSession.OVER;

        @Override
        public void onParts(List<ReplicaPart> parts) {
            for (ReplicaPart part : parts) {
                long size = ((ReplicaPart.Records) part).records().sizeInBytes();
                session.pull(Said.pull(bytes.addAndGet(size)));
            }
        }

        @Override
        public void onClosed(Refusal why) {
            throw new IllegalStateException(why.message());
        }
    }

    /** As a log's slice reads. */
    private record FilePart(FileChannel file, long position, int sizeInBytes) implements RecordsSlice {
        @Override
        public ByteBuffer read() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(sizeInBytes);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, position + buffer.position()) < 0) {
                    throw new IOException("The file is too short");
                }
            }
            return buffer.flip();
        }

        @Override
        public long transferTo(long from, WritableByteChannel to) throws IOException {
            return file.transferTo(position + from, sizeInBytes - from, to);
        }
    }
}
