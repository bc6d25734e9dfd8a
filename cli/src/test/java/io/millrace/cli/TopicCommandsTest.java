package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.gateway.FakeGateway;
import io.millrace.cli.session.Io.Terminal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicCommandsTest {
    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun millrace(String... arguments) {
        return CommandRun.against(gateway, arguments);
    }

    @Test
    void aTopicIsCreatedWithPartitionsAndConfigs() {
        CommandRun run = millrace("topic", "create", "orders", "-p", "3", "-c", "retention.ms=1000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().isEmpty()).isTrue();
        assertThat(run.errors()).isEqualTo("Created topic orders with 3 partitions, 1 replica each.\n");
        assertThat(millrace("topic", "list", "-o", "json").text())
                .contains("\"partition_count\" : 3", "\"retention.ms\" : \"1000\"");
    }

    @Test
    void aTopicIsCreatedWhereItsCreatorSays() {
        CommandRun run = millrace("topic", "create", "orders", "--replica-assignment", "0:1:2,1:2:0");

        assertThat(run.errors()).isEqualTo("Created topic orders with 2 partitions, 3 replicas each.\n");
    }

    @Test
    void partitionsAreAddedWhereTheirAdderSays() {
        gateway.log().create("orders", 2);

        CommandRun run = millrace("topic", "alter", "orders", "--replica-assignment", "1,0,1");

        assertThat(run.exitCode()).isZero();
        assertThat(millrace("topic", "list", "-o", "json").text()).contains("\"partition_count\" : 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0:x", "0,,1", "0:1,", ":", "-1", "+1", "12345678901", "0;1"})
    void anAssignmentThatIsNoneIsAMisuse(String assignment) {
        CommandRun run = millrace("topic", "create", "orders", "--replica-assignment", assignment);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--replica-assignment wants broker ids");
        assertThat(millrace("topic", "describe", "orders").exitCode()).isEqualTo(3);
    }

    @Test
    void noPartitionsAtAllAreAMisuseAndNotTheDefault() {
        CommandRun run = millrace("topic", "create", "orders", "-p", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("-p wants a number of 1 or more");
        assertThat(millrace("topic", "describe", "orders").exitCode()).isEqualTo(3);
    }

    @Test
    void aTopicThatExistsIsAConflict() {
        gateway.log().create("orders", 1);

        CommandRun run = millrace("topic", "create", "orders");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.errors()).startsWith("millrace: Topic orders exists. ").hasLineCount(1);
    }

    @Test
    void aTopicThatExistsIsFineWhenThatWasSaid() {
        gateway.log().create("orders", 1);

        CommandRun run = millrace("topic", "create", "orders", "--if-not-exists");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).startsWith("Topic orders is there already");
    }

    @Test
    void anUnknownTopicIsNotFoundAndTheMessageSaysWhereToLook() {
        CommandRun run = millrace("topic", "describe", "nowhere");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors())
                .isEqualTo("millrace: There is no topic nowhere. See what there is with: millrace topic list\n");
    }

    @Test
    void theListGoesThroughAllPagesAsAnAlignedTable() {
        gateway.log().create("a", 1);
        gateway.log().create("longer-name", 12);
        gateway.log().create("z", 2);

        assertThat(millrace("topic", "list").text()).isEqualTo("""
                NAME         PARTITIONS  REPLICATION  CONFIGS
                a                     1            1        -
                longer-name          12            1        -
                z                     2            1        -
                """);
    }

    @Test
    void theFormatMayStandBeforeOrBehindTheCommand() {
        gateway.log().create("a", 1);

        String expected =
                "- name: a\n  internal: false\n  partition_count: 1\n  replication_factor: 1\n  configs: {}\n";
        assertThat(millrace("-o", "yaml", "topic", "list").text()).isEqualTo(expected);
        assertThat(millrace("topic", "list", "-o", "yaml").text()).isEqualTo(expected);
    }

    @Test
    void aDescriptionHasThePartitions() {
        gateway.log().create("orders", 2);

        assertThat(millrace("topic", "describe", "orders").text())
                .contains(
                        "name         orders",
                        "PARTITION  LEADER  EPOCH  REPLICAS  RACKS  ISR  ELIGIBLE  START  END  BYTES");
    }

    @Test
    void configsAreSetAndResetAndPartitionsAdded() {
        millrace("topic", "create", "orders", "-c", "retention.ms=1000", "-c", "segment.bytes=5");

        CommandRun run = millrace(
                "topic", "alter", "orders", "--partitions", "4", "-c", "segment.bytes=6", "--reset", "retention.ms");

        assertThat(run.exitCode()).isZero();
        assertThat(millrace("topic", "list").text()).contains("orders           4            1  segment.bytes=6");
    }

    @Test
    void anAlterationOfNothingIsAMisuse() {
        assertThat(millrace("topic", "alter", "orders").exitCode()).isEqualTo(2);
    }

    @Test
    void aDeletionAtATerminalAsksAndTakesNoForAnAnswer() {
        gateway.log().create("orders", 1);

        CommandRun run = deleteAtTerminal("n\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).startsWith("Delete topic orders and all its records? [y/N] ");
        assertThat(millrace("topic", "list").text()).contains("orders");
    }

    @Test
    void aDeletionAtATerminalGoesOnAfterYes() {
        gateway.log().create("orders", 1);

        assertThat(deleteAtTerminal("y\n").exitCode()).isZero();
        assertThat(millrace("topic", "list").text()).doesNotContain("orders");
    }

    @Test
    void aDeletionInAScriptDoesNotAsk() {
        gateway.log().create("orders", 1);

        assertThat(millrace("topic", "delete", "orders").exitCode()).isZero();
        assertThat(millrace("topic", "delete", "orders").exitCode()).isEqualTo(3);
        assertThat(millrace("topic", "delete", "orders", "--if-exists").exitCode())
                .isZero();
    }

    private CommandRun deleteAtTerminal(String answer) {
        return CommandRun.with(
                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                new Terminal(true, true),
                CommandRun.onServer(gateway, "topic", "delete", "orders"));
    }
}
