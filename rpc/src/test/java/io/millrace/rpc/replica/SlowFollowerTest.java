package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.ReplicaPart;
import io.millrace.rpc.transport.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowFollowerTest {
    private static final int PART_BYTES = 1 << 20;
    private static final int PARTS = 100;

    /** More than the follower's window, the sockets' buffers, the send buffer and one message take together. */
    private static final int ON_THE_WAY_MAX = 40;

    /** So patient that a slow machine does not pass for a silent follower. */
    private static final SessionOptions PATIENT = new SessionOptions(
            Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60), 2, 1 << 20, 512 << 10);

    private final TwinLeader leader = new TwinLeader();
    private final ServedLeader served = new ServedLeader(leader, PATIENT);
    private final Followers followers = new Followers(PATIENT);
    private final HeardListener follower = new HeardListener();
    private final AtomicInteger read = new AtomicInteger();

    @AfterEach
    void stop() {
        follower.goOn();
        followers.close();
        served.close();
    }

    @Test
    void recordsStayUnreadInTheLogUntilTheFollowerTakesThem() throws Exception {
        follower.stop();
        followers.to(served.port()).open(Said.HELLO, follower);
        TwinLeader.Session session = leader.next();
        List<ReplicaPart> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(new ReplicaPart.Records(Said.ORDERS, i, 5, new CountedSlice(read), i, 0));
        }

        session.say(parts);
        int before = awaitNoMoreReads();

        assertThat(before).isBetween(1, ON_THE_WAY_MAX);
        follower.goOn();
        for (int i = 0; i < PARTS; i++) {
            assertThat(follower.nextPart().partition()).isEqualTo(i);
        }
        assertThat(read).hasValue(PARTS);
    }

    /** The number of slices that were read when none was for half a second; a leader that heeds no limit takes less for all. */
    private int awaitNoMoreReads() {
        int latest = read.get();
        long since = System.nanoTime();
        while (latest == 0 || System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            if (read.get() != latest) {
                latest = read.get();
                since = System.nanoTime();
            }
            Thread.onSpinWait();
        }
        return latest;
    }

    private record CountedSlice(AtomicInteger reads) implements RecordsSlice {
        @Override
        public int sizeInBytes() {
            return PART_BYTES;
        }

        @Override
        public ByteBuffer read() {
            reads.incrementAndGet();
            return ByteBuffer.allocate(PART_BYTES);
        }

        @Override
        public long transferTo(long position, WritableByteChannel to) {
            throw new UnsupportedOperationException();
        }
    }
}
