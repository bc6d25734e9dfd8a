package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
    @Test
    void theScriptCompletesInBash(@TempDir Path directory) throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("completion"),
                CommandRun.of("completion", "bash").text());
        String asked = "source '" + script + "'; COMP_WORDS=(millrace topic d); COMP_CWORD=2; _complete_millrace;"
                + " echo \"${COMPREPLY[*]}\"";

        Process bash = new ProcessBuilder("bash", "-c", asked)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).isZero();
        assertThat(answer).isEqualTo("describe delete\n");
    }

    @Test
    void aShellThatIsNotServedIsAMisuse() {
        assertThat(CommandRun.of("completion", "tcsh").exitCode()).isEqualTo(2);
    }
}
