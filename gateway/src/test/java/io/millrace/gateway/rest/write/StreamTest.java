package io.millrace.gateway.rest.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.RawHttp;
import io.millrace.gateway.rest.RestDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final RestDoor door = RestDoor.open();
    private final String topic = door.newTopic(1, Map.of());

    @Test
    void reportsComeWhileTheInputGoesOn() throws Exception {
        try (RawHttp http = post("application/json")) {
            http.send("{\"value\":1}");
            assertThat(http.lineBeginning("HTTP/1.1")).contains("200");
            assertThat(http.lineBeginning("{")).contains("\"offset\":0");
            http.send("{\"val");
            http.send("ue\":2}{\"value\":3}");
            assertThat(http.lineBeginning("{")).contains("\"offset\":1");
            assertThat(http.lineBeginning("{")).contains("\"offset\":2");
            http.end();
            assertThat(http.lineBeginning("0")).isEqualTo("0");
        }
    }

    @Test
    void aFirstRecordThatCannotBeReadIsAnErrorOfTheRequest() throws Exception {
        try (RawHttp http = post("application/json")) {
            http.send("oops");
            assertThat(http.lineBeginning("HTTP/1.1")).contains("422");
            assertThat(http.lineBeginning("{")).contains("42201");
        }
    }

    @Test
    void anInputThatStopsComingEndsWithAReport() throws Exception {
        try (RawHttp http = post("application/json")) {
            http.send("{\"value\":1}{\"val");
            assertThat(http.lineBeginning("{")).contains("\"offset\":0");
            assertThat(http.lineBeginning("{")).contains("stopped coming");
        }
    }

    @Test
    void linesAreStoredWhileTheInputGoesOn() throws Exception {
        try (RawHttp http = post("text/plain")) {
            http.send("one\ntw");
            awaitStored(1);
            http.send("o\n");
            awaitStored(2);
            http.end();
            assertThat(http.lineBeginning("HTTP/1.1")).contains("200");
            assertThat(http.lineBeginning("{")).contains("\"records\":2");
        }
        assertThat(Stored.values(door.stored(topic))).containsExactly("one", "two");
    }

    @Test
    void linesThatStopComingAreAnsweredWithWhatIsStored() throws Exception {
        try (RawHttp http = post("text/plain")) {
            http.send("one\ntw");
            assertThat(http.rest())
                    .startsWith("HTTP/1.1 408")
                    .contains("\"complete\":false")
                    .contains("\"records\":1");
        }
    }

    @Test
    void aClientThatNeverReadsItsReportsIsHeldBackWithoutHarmToOthers() throws Exception {
        String record = "{\"value\":\"" + "x".repeat(1000) + "\"}";
        String piece = record.repeat(50);
        Thread sender;
        try (RawHttp http = post("application/json")) {
            sender = Thread.ofVirtual().start(() -> sendForever(http, piece));
            awaitStored(2000);
            assertThat(door.post("topics/" + topic + "/records", "application/json", "{\"key\":\"other\",\"value\":1}")
                            .status())
                    .isEqualTo(200);
        }
        sender.join();
    }

    private static void sendForever(RawHttp http, String piece) {
        try {
            while (true) {
                http.send(piece);
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    private void awaitStored(int count) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (door.stored(topic).size() < count) {
            assertThat(System.nanoTime()).as("records stored in time").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private RawHttp post(String contentType) throws IOException {
        return new RawHttp(
                door.port(), "POST /v3/clusters/-/topics/" + topic + "/records", "Content-Type: " + contentType);
    }
}
