package io.millrace.gateway.rest.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFramesTest {
    @Test
    void objectsAreCutWhateverIsBetweenThem() throws IOException {
        assertThat(frames("{\"a\":1}{\"b\":\"}\\\"{\"}\r\n \t{ \"c\":{\"d\":[{}]} }\n", 100))
                .containsExactly("{\"a\":1}", "{\"b\":\"}\\\"{\"}", "{ \"c\":{\"d\":[{}]} }", "end");
    }

    @Test
    void anObjectOverTheLimitIsReadOverAndTheNextIsWhole() throws IOException {
        assertThat(frames("{\"a\":\"" + "x".repeat(50_000) + "\"}{\"b\":1}", 100))
                .containsExactly("50008 bytes", "{\"b\":1}", "end");
    }

    @Test
    void whatIsNoObjectBreaksTheStream() throws IOException {
        assertThat(frames("{} [1]", 100)).containsExactly("{}", "broken");
    }

    @Test
    void anObjectWithoutItsEndBreaksTheStream() throws IOException {
        assertThat(frames("{\"a\":{}", 100)).containsExactly("broken");
    }

    @Test
    void otherEncodingsBreakTheStream() throws IOException {
        assertThat(frames("{\0}\0", 100)).containsExactly("broken");
    }

    private static List<String> frames(String text, int limit) throws IOException {
        JsonFrames frames =
                new JsonFrames(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit, held -> {});
        List<String> found = new ArrayList<>();
        while (true) {
            switch (frames.next()) {
                case JsonFrames.Frame.Whole whole ->
                    found.add(new String(whole.json().array(), StandardCharsets.UTF_8));
                case JsonFrames.Frame.TooLarge(long size) -> found.add(size + " bytes");
                case JsonFrames.Frame.Broken ignored -> {
                    found.add("broken");
                    return found;
                }
                case JsonFrames.Frame.Refused ignored -> throw new AssertionError("Nothing refuses here");
                case JsonFrames.Frame.End ignored -> {
                    found.add("end");
                    return found;
                }
            }
        }
    }
}
