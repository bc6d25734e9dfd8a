package io.millrace.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.kafka.KafkaSoftware.Abilities;
import io.millrace.system.kafka.KafkaSoftware.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of clients in docs/compatibility.md: what each was seen to do. */
final class ClientsTable {
    private static final Path FILE = Path.of("..", "docs", "compatibility.md");
    private static final Path SEEN = Path.of("target", "compatibility-clients.md");
    private static final String BEGIN = "<!-- begin: clients -->\n";
    private static final String END = "<!-- end: clients -->";
    private static final List<String> HEAD =
            List.of("| Client | Version | Codecs | acks | What was not tried |", "|---|---|---|---|---|");
    private static final Map<Ability, String> LACKS = new EnumMap<>(Map.of(
            Ability.CREATE, "create topics",
            Ability.IDEMPOTENT, "be an idempotent producer",
            Ability.TIMESTAMPS, "choose timestamps",
            Ability.ANY_HEADERS, "write several headers of one name, or a header without a value",
            Ability.ANY_BYTES, "write bytes that are no text",
            Ability.OFFSETS, "find offsets by time",
            Ability.FRAMED_SNAPPY, "read snappy of others, which is in frames"));

    /** What a cell depends on that is installed beside the client. */
    private static final int CODECS = 3;

    private ClientsTable() {}

    /** Fails unless the document has these rows, and writes them into it if that is wanted. */
    static void require(Map<Software, Abilities> seen) throws IOException {
        Map<Software, String> rows = new EnumMap<>(Software.class);
        seen.forEach((software, abilities) -> rows.put(software, row(software, abilities)));
        Files.writeString(SEEN, table(HEAD, rows.values()));
        String document = Files.readString(FILE);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        assertThat(to).as("the place of the table in %s", FILE).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("millrace.renew")) {
            Files.writeString(FILE, document.substring(0, from) + table(HEAD, rows.values()) + document.substring(to));
            return;
        }
        List<String> present = document.substring(from, to).lines().toList();
        rows.forEach((software, row) -> compare(software, row, present));
    }

    /** A machine may have another release of a client, or lack what a client needs for a codec. */
    private static void compare(Software software, String row, List<String> present) {
        Optional<String> documented =
                present.stream().filter(line -> line.startsWith(start(row))).findFirst();
        if (documented.isEmpty()) {
            assertThat(software.isPinned())
                    .as("%s has no row for %s; %s has one", FILE, row, SEEN)
                    .isFalse();
            return;
        }
        assertThat(withoutCodecs(documented.get()))
                .as("the row of %s in %s; to renew the table: -Dmillrace.renew=true", software, FILE)
                .isEqualTo(withoutCodecs(row));
    }

    /** Client and version. */
    private static String start(String row) {
        String[] cells = row.split("\\|", -1);
        return "|" + cells[1] + "|" + cells[2] + "|";
    }

    private static List<String> withoutCodecs(String row) {
        List<String> cells = new ArrayList<>(List.of(row.split("\\|", -1)));
        cells.remove(CODECS);
        return cells;
    }

    private static String table(List<String> head, Iterable<String> rows) {
        return String.join("\n", head) + "\n" + String.join("\n", rows) + "\n";
    }

    private static String row(Software software, Abilities abilities) {
        String lacks = Stream.concat(
                        Arrays.stream(Ability.values())
                                .filter(ability -> !abilities.can(ability))
                                .map(ability -> "cannot " + LACKS.get(ability)),
                        Stream.of(software.remark()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        software.family(),
                        abilities.version(),
                        String.join(", ", abilities.codecs()),
                        abilities.can(Ability.IDEMPOTENT) ? "0, 1, all; idempotent" : "0, 1, all",
                        lacks);
    }
}
