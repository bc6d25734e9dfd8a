package io.millrace.gateway.rest.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.RestDoor;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestTimerTest {
    private static final String TOPIC = "GET /v3/clusters/{clusterId}/topics/{topicName}";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RestDoor door = RestDoor.open();

    @Test
    void requestsAreTimedByOperationAndStatus() throws Exception {
        String topic = door.newTopic(1, Map.of());

        door.get("topics/" + topic);
        door.get("topics/nowhere");

        awaitTimer(TOPIC, "200");
        awaitTimer(TOPIC, "404");
    }

    @Test
    void pathsAndMethodsThatAreNotServedMakeNoSeriesOfTheirOwn() throws Exception {
        door.get("/made-up");
        door.send(door.request("/error").method("MADE-UP", HttpRequest.BodyPublishers.noBody()));

        awaitTimer("unknown", "404");
        assertThat(door.meters().find("millrace.gateway.request").timers())
                .extracting(timer -> timer.getId().getTag("operation"))
                .noneMatch(operation -> operation.matches("(?i).*made-up.*"));
    }

    /** The answer reaches its caller a moment before its time is taken. */
    private void awaitTimer(String operation, String status) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (door.meters()
                        .find("millrace.gateway.request")
                        .tags("api", "rest", "operation", operation, "status", status)
                        .timer()
                == null) {
            assertThat(System.nanoTime())
                    .as("a timer of %s %s", operation, status)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
