package io.millrace.gateway.rest.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RawHttp;
import io.millrace.gateway.rest.RestDoor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The door gives all bodies together 1 MB. */
class BodyRoomTest {
    private static final String LARGE = "x".repeat(700_000);

    private final RestDoor door = RestDoor.open();
    private final String path = "topics/" + door.newTopic(1, Map.of()) + "/records:batch";

    @Test
    void bodiesThatDoNotEndCannotTakeMoreThanTheirRoomAndGiveItBack() throws Exception {
        try (RawHttp slow = new RawHttp(door.port(), "POST /v3/clusters/-/" + path, "Content-Type: application/json")) {
            slow.send("{\"entries\":[\"" + LARGE);
            awaitStatus(429);

            Answer small = door.post(path, "application/json", "{\"entries\":[{\"id\":\"1\",\"value\":1}]}");
            assertThat(small.status()).as("small bodies pass").isEqualTo(207);
        }
        awaitStatus(422);
    }

    /** Until the slow body has come, and until it has been noticed that its sender is gone, the other answer is right. */
    private void awaitStatus(int status) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (door.post(path, "application/json", LARGE).status() != status) {
            assertThat(System.nanoTime()).as("a status of %d in time", status).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
