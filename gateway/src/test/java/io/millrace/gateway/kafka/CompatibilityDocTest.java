package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.configs.ConfigTables;
import io.millrace.gateway.kafka.handler.FrameApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/compatibility.md has in tables is made from the code. */
class CompatibilityDocTest {
    private static final Path FILE = Path.of("../docs/compatibility.md");
    private static final String HOW_TO_RENEW = "docs/compatibility.md is not what the code says. To renew its tables:"
            + " mvn -pl gateway -am test -Dtest=CompatibilityDocTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dmillrace.renew=true";

    @Test
    void theTablesAreWhatTheCodeSays() throws IOException {
        String present = Files.readString(FILE);
        String renewed = renewed(present);
        if (Boolean.getBoolean("millrace.renew")) {
            Files.writeString(FILE, renewed);
        } else {
            assertThat(present).as(HOW_TO_RENEW).isEqualTo(renewed);
        }
    }

    private static String renewed(String text) throws IOException {
        String withApis = with(text, "apis", apis());
        String withTopics = with(withApis, "topic configs", ConfigTables.topics());
        return with(withTopics, "broker configs", ConfigTables.brokers());
    }

    private static List<String> apis() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| API | Key | Versions |", "|---|---|---|"));
        try (TestDoor door = TestDoor.open()) {
            for (FrameApi.Versions served : door.served()) {
                lines.add("| %s | %d | %s |".formatted(served.api().name, served.api().id, range(served)));
            }
        }
        return lines;
    }

    private static String range(FrameApi.Versions served) {
        return served.from() == served.to() ? Short.toString(served.to()) : served.from() + "–" + served.to();
    }

    private static String with(String text, String name, List<String> lines) {
        String begin = "<!-- begin: " + name + " -->\n";
        String end = "<!-- end: " + name + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertThat(to).as("the place of the %s", name).isGreaterThanOrEqualTo(from);
        return text.substring(0, from) + String.join("\n", lines) + "\n" + text.substring(to);
    }
}
