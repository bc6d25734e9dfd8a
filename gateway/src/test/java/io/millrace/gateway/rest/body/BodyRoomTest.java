package io.millrace.gateway.rest.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RawHttp;
import io.millrace.gateway.rest.RestDoor;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door gives all bodies together 1 MB. */
class BodyRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LARGE = "x".repeat(700_000);

    private final RestDoor door = RestDoor.open();
    private final String path = "topics/" + door.newTopic(1, Map.of()) + "/records:batch";

    @Test
    void bodiesThatDoNotEndCannotTakeMoreThanTheirRoomAndGiveItBack() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        RawHttp slow = slowBody();
        try {
            while (statusOfALargeBody() != 429) {
                assertThat(System.nanoTime()).as("a status of 429 in time").isLessThan(deadline);
                slow = stillSending(slow);
            }

            Answer small = door.post(path, "application/json", "{\"entries\":[{\"id\":\"1\",\"value\":1}]}");
            assertThat(small.status()).as("small bodies pass").isEqualTo(207);
        } finally {
            slow.close();
        }
        while (statusOfALargeBody() != 422) {
            assertThat(System.nanoTime()).as("a status of 422 in time").isLessThan(deadline);
        }
    }

    private RawHttp slowBody() throws IOException {
        RawHttp slow = new RawHttp(door.port(), "POST /v3/clusters/-/" + path, "Content-Type: application/json");
        slow.send("{\"entries\":[\"" + LARGE);
        return slow;
    }

    /** Goes on a little, so that the body is not ended for its silence; begins again when it was the one that found no room. */
    private RawHttp stillSending(RawHttp slow) throws IOException {
        if (slow.isAnswered()) {
            slow.close();
            return slowBody();
        }
        slow.send("x");
        return slow;
    }

    private int statusOfALargeBody() throws IOException, InterruptedException {
        return door.post(path, "application/json", LARGE).status();
    }
}
