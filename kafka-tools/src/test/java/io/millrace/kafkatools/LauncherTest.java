package io.millrace.kafkatools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts start the tools that they are named after. */
class LauncherTest {
    private static final Path SCRIPTS = Path.of("../bin");
    private static final Pattern CLASS = Pattern.compile("org\\.apache\\.kafka\\.tools\\.[A-Za-z.]+");

    @TempDir
    Path folder;

    @Test
    void everyScriptNamesAClassThatIsAmongTheLibraries() throws IOException {
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            assertThat(scripts).isNotEmpty().allSatisfy(script -> {
                Matcher tool = CLASS.matcher(Files.readString(script));
                assertThat(tool.find()).isTrue();
                assertThat(Class.forName(tool.group()).getMethod("main", String[].class))
                        .isNotNull();
            });
        }
    }

    @Test
    void scriptsRunTheirToolsWithTheArgumentsOfTheirUsers() throws Exception {
        try (RunningMillrace millrace = RunningMillrace.start(folder)) {
            String server = millrace.bootstrapServer();

            assertThat(run("kafka-topics.sh", "--create", "--topic", "t", "--bootstrap-server", server))
                    .isEqualToIgnoringNewLines("Created topic t.");
            assertThat(run(
                            "kafka-verifiable-producer.sh",
                            "--topic",
                            "t",
                            "--max-messages",
                            "10",
                            "--bootstrap-server",
                            server))
                    .contains("\"name\":\"producer_send_success\"", "\"partition\":0,\"offset\":9")
                    .doesNotContain("producer_send_error")
                    .contains("\"sent\":10,\"acked\":10");
            assertThat(run(
                            "kafka-transactions.sh",
                            "--bootstrap-server",
                            server,
                            "describe-producers",
                            "--topic",
                            "t",
                            "--partition",
                            "0"))
                    .as("nobody: this producer does not repeat anything, so it is not idempotent")
                    .startsWith("ProducerId")
                    .hasLineCount(1);
        }
    }

    private static String run(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
