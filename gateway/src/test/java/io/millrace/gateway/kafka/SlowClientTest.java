package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.network.NetworkOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that asks for much and takes nothing holds little of the memory of a gateway whose brokers are elsewhere. */
class SlowClientTest {
    private static final int HELD_MAX = 512 << 10;
    private static final int BATCH_BYTES = 64 << 10;
    private static final int BATCHES = 16;
    private static final int FETCHES = 60;

    /** More than the sockets of a connection take by themselves is asked for. */
    private static final NetworkOptions ELSEWHERE = new NetworkOptions(
            1,
            1 << 20,
            8 << 20,
            FETCHES + 1,
            10,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            HELD_MAX,
            100 << 20,
            true);

    private TestDoor door;
    private FrameClient slow;
    private String topic;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open(ELSEWHERE);
        topic = door.newTopic(1);
        slow = door.connect();
        for (int i = 0; i < BATCHES; i++) {
            slow.call(Records.produce(topic, BATCH_BYTES, -1), Records.PRODUCE_VERSION, ProduceResponseData.class);
        }
    }

    @AfterEach
    void close() throws IOException {
        slow.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void whatItHasAskedForIsReadOnlyAsFarAsItMayHold() throws Exception {
        int first = ask();

        assertThat(mostHeldWhileNothingIsTaken()).isBetween(1L, (long) HELD_MAX + 2 * BATCH_BYTES);

        int bytes = take(first);
        assertThat(bytes).isGreaterThanOrEqualTo(FETCHES * BATCH_BYTES);
    }

    @Test
    void othersAreServedMeanwhile() throws Exception {
        ask();
        mostHeldWhileNothingIsTaken();

        try (FrameClient other = door.connect()) {
            other.call(new ApiVersionsRequestData(), 0, ApiVersionsResponseData.class);
        }
    }

    @Test
    void nothingIsHeldOnceItHasTakenAllOrGone() throws Exception {
        int first = ask();
        take(first);
        assertThat(door.server().heldBytes()).isZero();
        ask();
        mostHeldWhileNothingIsTaken();

        slow.close();

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (door.server().heldBytes() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(door.server().heldBytes()).isZero();
    }

    private int ask() throws IOException {
        int first = 0;
        for (int i = 0; i < FETCHES; i++) {
            int sent = slow.send(Records.fetch(topic, 0, BATCHES * BATCH_BYTES), Records.FETCH_VERSION);
            first = i == 0 ? sent : first;
        }
        return first;
    }

    private int take(int first) throws IOException {
        int bytes = 0;
        for (int i = 0; i < FETCHES; i++) {
            bytes += Records.bytesOf(
                    slow.receive(first + i, ApiKeys.FETCH.id, Records.FETCH_VERSION, FetchResponseData.class));
        }
        return bytes;
    }

    /** Until the sockets are full and there has been nothing new for a while. */
    private long mostHeldWhileNothingIsTaken() throws InterruptedException {
        long most = 0;
        long before = -1;
        long sameSince = System.nanoTime();
        long end = sameSince + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end && System.nanoTime() - sameSince < TimeUnit.MILLISECONDS.toNanos(200)) {
            long now = door.server().heldBytes();
            most = Math.max(most, now);
            if (now != before || now == 0) {
                before = now;
                sameSince = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return most;
    }
}
