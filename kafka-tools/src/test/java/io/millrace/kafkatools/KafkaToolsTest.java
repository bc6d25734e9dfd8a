package io.millrace.kafkatools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.tools.BrokerApiVersionsCommand;
import org.apache.kafka.tools.ClusterTool;
import org.apache.kafka.tools.ConfigCommand;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.DeleteRecordsCommand;
import org.apache.kafka.tools.FeatureCommand;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.LeaderElectionCommand;
import org.apache.kafka.tools.LogDirsCommand;
import org.apache.kafka.tools.MetadataQuorumCommand;
import org.apache.kafka.tools.ProducerPerformance;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.TransactionsCommand;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.apache.kafka.tools.reassign.ReassignPartitionsCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' scripts go on as they are: Kafka's tools do their work and print what they print with Kafka. */
class KafkaToolsTest {
    @TempDir
    static Path folder;

    private static RunningMillrace millrace;

    @BeforeAll
    static void start() throws Exception {
        millrace = RunningMillrace.start(folder);
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    void topicsAreCreatedListedDescribedWidenedAndDeleted() {
        assertThat(topics("--create", "--topic", "orders", "--partitions", "2", "--replication-factor", "1"))
                .contains("Created topic orders.");
        assertThat(topics("--list").lines()).contains("orders");
        assertThat(topics("--describe", "--topic", "orders"))
                .contains("PartitionCount: 2\tReplicationFactor: 1")
                .contains("Topic: orders\tPartition: 1\tLeader: 0\tReplicas: 0\tIsr: 0");
        topics("--alter", "--topic", "orders", "--partitions", "3");
        assertThat(topics("--describe", "--topic", "orders")).contains("PartitionCount: 3");
        assertThat(topics("--describe", "--under-replicated-partitions")).isEmpty();
        topics("--delete", "--topic", "orders");
        assertThat(topics("--list").lines()).doesNotContain("orders");
    }

    @Test
    void aTopicThatIsThereIsNotCreatedAgain() {
        topics("--create", "--topic", "there");

        ToolRun again = run(TopicCommand::main, "--create", "--topic", "there");

        assertThat(again.status()).isEqualTo(1);
        assertThat(again.text()).contains("Topic 'there' already exists");
    }

    @Test
    void configsOfTopicsAreChangedAndDescribed() {
        topics("--create", "--topic", "configured", "--config", "segment.bytes=2097152");

        assertThat(configs("configured", "--alter", "--add-config", "retention.ms=1000"))
                .contains("Completed updating config for topic configured.");
        assertThat(configs("configured", "--describe"))
                .contains(
                        "retention.ms=1000 sensitive=false"
                                + " synonyms={DYNAMIC_TOPIC_CONFIG:retention.ms=1000, DEFAULT_CONFIG:log.retention.ms=604800000}")
                .contains("segment.bytes=2097152");
        configs("configured", "--alter", "--delete-config", "retention.ms");
        assertThat(configs("configured", "--describe")).doesNotContain("retention.ms");
        assertThat(configs("configured", "--describe", "--all")).contains("retention.ms=604800000");
    }

    @Test
    void aConfigThatIsNotThereIsRefusedWithTheReason() {
        topics("--create", "--topic", "plain");

        ToolRun refused = run(
                ConfigCommand::main,
                "--entity-type",
                "topics",
                "--entity-name",
                "plain",
                "--alter",
                "--add-config",
                "remote.storage.enable=true");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("there is no tiered storage");
    }

    @Test
    void configsOfABrokerAreDescribedAndCannotBeChanged() {
        ToolRun all = run(ConfigCommand::main, "--entity-type", "brokers", "--entity-name", "0", "--describe", "--all");
        ToolRun refused = run(
                ConfigCommand::main,
                "--entity-type",
                "brokers",
                "--entity-name",
                "0",
                "--alter",
                "--add-config",
                "log.cleaner.threads=2");

        assertThat(all.text())
                .contains("All configs for broker 0 are:")
                .contains("advertised.listeners=PLAINTEXT://" + millrace.bootstrapServer())
                .contains("log.dirs=" + folder);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("logs are not compacted yet");
    }

    @Test
    void offsetsAreToldAndRecordsAreDeleted() throws IOException {
        topics("--create", "--topic", "counted", "--partitions", "1");
        produce("counted", "a", "b", "c");

        assertThat(offsets("counted", "latest")).isEqualTo("counted:0:3");
        Path plan = Files.writeString(folder.resolve("delete.json"), """
                {"version": 1, "partitions": [{"topic": "counted", "partition": 0, "offset": 2}]}
                """);
        ToolRun deleted = run(DeleteRecordsCommand::main, "--offset-json-file", plan.toString());

        assertThat(deleted.text()).contains("partition: counted-0\tlow_watermark: 2");
        assertThat(offsets("counted", "earliest")).isEqualTo("counted:0:2");
    }

    @Test
    void recordsAreWrittenAndReadAtTheConsole() {
        topics("--create", "--topic", "lines");
        produce("lines", "first", "second");

        ToolRun read = run(
                ConsoleConsumer::main,
                "--topic",
                "lines",
                "--partition",
                "0",
                "--offset",
                "earliest",
                "--max-messages",
                "2",
                "--timeout-ms",
                "20000");

        assertThat(read.text().lines()).contains("first", "second");
        assertThat(read.text()).contains("Processed a total of 2 messages");
    }

    @Test
    void aLeaderIsElectedOrNeedsNoElection() {
        topics("--create", "--topic", "led");

        ToolRun election =
                run(LeaderElectionCommand::main, "--election-type", "preferred", "--topic", "led", "--partition", "0");

        assertThat(election.status()).as(election.text()).isZero();
        assertThat(election.text()).contains("Valid replica already elected for partitions led-0");
    }

    @Test
    void replicasAreMovedAndTheMoveIsVerified() throws IOException {
        topics("--create", "--topic", "moved");
        Path plan = Files.writeString(folder.resolve("move.json"), """
                {"version": 1, "partitions": [{"topic": "moved", "partition": 0, "replicas": [0]}]}
                """);

        ToolRun begun = run(ReassignPartitionsCommand::main, "--reassignment-json-file", plan.toString(), "--execute");
        ToolRun verified =
                run(ReassignPartitionsCommand::main, "--reassignment-json-file", plan.toString(), "--verify");
        ToolRun listed = run(ReassignPartitionsCommand::main, "--list");

        assertThat(begun.text()).contains("Successfully started partition reassignment for moved-0");
        assertThat(verified.text()).contains("Reassignment of partition moved-0 is completed.");
        assertThat(listed.text()).contains("No partition reassignments found.");
        assertThat(verified.status()).as(verified.text()).isZero();
    }

    @Test
    void whatIsServedIsTold() {
        ToolRun versions = run(BrokerApiVersionsCommand::main);

        assertThat(versions.status()).as(versions.text()).isZero();
        assertThat(versions.text())
                .contains("(id: 0 rack: null isFenced: false) -> (")
                .contains("CreatePartitions(37): 0 to 3 [usable: 3]")
                .contains("DescribeQuorum(55): UNSUPPORTED");
    }

    @Test
    void theClusterTellsItsIdAndItsEndpoints() {
        assertThat(run(ClusterTool::main, "cluster-id").text()).contains("Cluster ID: ");
        assertThat(run(ClusterTool::main, "list-endpoints").text()).contains("127.0.0.1");
    }

    @Test
    void aBrokerThatLivesIsNotForgotten() {
        ToolRun refused = run(ClusterTool::main, "unregister", "--id", "0");
        ToolRun unknown = run(ClusterTool::main, "unregister", "--id", "17");

        assertThat(refused.text()).contains("Broker 0 was heard lately");
        assertThat(unknown.text()).contains("17");
    }

    @Test
    void thereAreNoFeaturesToRaise() {
        ToolRun refused = runServing(FeatureCommand::main, "upgrade", "--feature", "group.version=1");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("no features have levels here");
    }

    @Test
    void theQuorumThatThereIsNotIsNotTold() {
        ToolRun quorum = runServing(MetadataQuorumCommand::main, "describe", "--status");

        assertThat(quorum.status()).isEqualTo(1);
        assertThat(quorum.text()).contains("DESCRIBE_QUORUM");
    }

    @Test
    void logDirectoriesAndWhatIsInThemAreTold() {
        topics("--create", "--topic", "stored");
        produce("stored", "one");

        ToolRun directories = run(LogDirsCommand::main, "--describe", "--broker-list", "0", "--topic-list", "stored");

        assertThat(directories.status()).as(directories.text()).isZero();
        assertThat(directories.text())
                .contains("Received log directory information from brokers 0")
                .contains("\"logDir\":\"" + folder)
                .containsPattern("\"partition\":\"stored-0\",\"size\":[1-9][0-9]*,\"offsetLag\":0");
    }

    @Test
    void recordsAreProducedAtAPace() {
        topics("--create", "--topic", "paced");

        ToolRun performance = ToolRun.of(
                ProducerPerformance::main,
                "--topic",
                "paced",
                "--num-records",
                "100",
                "--record-size",
                "100",
                "--throughput",
                "-1",
                "--bootstrap-server",
                millrace.bootstrapServer());

        assertThat(performance.text()).contains("100 records sent");
        assertThat(offsets("paced", "latest")).isEqualTo("paced:0:100");
    }

    @Test
    void producersThatWroteToAPartitionAreTold() throws IOException {
        topics("--create", "--topic", "authored");
        produce("authored", "one", "two", "three");

        ToolRun producers =
                runServing(TransactionsCommand::main, "describe-producers", "--topic", "authored", "--partition", "0");

        assertThat(producers.status()).as(producers.text()).isZero();
        assertThat(producers.text().lines().toList().getLast())
                .as("id, epoch, epoch of the coordinator, last sequence, last timestamp, start of the transaction")
                .matches("\\d+\\s+0\\s+-1\\s+2\\s+\\d+\\s+None\\s*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list                                                    | 1 | does not support LIST_TRANSACTIONS
            describe --transactional-id t                           | 1 | does not support DESCRIBE_TRANSACTIONS
            find-hanging --topic untransacted                       | 0 | LastTimestamp
            find-hanging --broker-id 0                              | 0 | LastTimestamp
            abort --topic untransacted --partition 0 --start-offset 0 | 1 | Could not find any open transactions
            forceTerminateTransaction --transactionalId t           | 1 | transactional ID authorization failure
            """)
    void transactionsAreNotThereYet(String command, int status, String told) {
        run(TopicCommand::main, "--create", "--if-not-exists", "--topic", "untransacted");

        ToolRun answer = runServing(TransactionsCommand::main, command.split(" "));

        assertThat(answer.text()).contains(told);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static String topics(String... arguments) {
        ToolRun run = run(TopicCommand::main, arguments);
        assertThat(run.status()).as(run.text()).isZero();
        return run.text();
    }

    private static String configs(String topic, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--entity-type", "topics", "--entity-name", topic));
        all.addAll(List.of(arguments));
        ToolRun run = run(ConfigCommand::main, all.toArray(String[]::new));
        assertThat(run.status()).as(run.text()).isZero();
        return run.text();
    }

    private static void produce(String topic, String... lines) {
        ToolRun run = ToolRun.fed(
                String.join("\n", lines) + "\n",
                ConsoleProducer::main,
                "--topic",
                topic,
                "--bootstrap-server",
                millrace.bootstrapServer());
        assertThat(run.status()).as(run.text()).isZero();
    }

    private static String offsets(String topic, String time) {
        return run(GetOffsetShell::main, "--topic", topic, "--time", time)
                .text()
                .strip();
    }

    private static ToolRun run(ToolRun.Tool tool, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-server", millrace.bootstrapServer()));
        return ToolRun.of(tool, all.toArray(String[]::new));
    }

    /** For tools that want to know the server before what to do. */
    private static ToolRun runServing(ToolRun.Tool tool, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", millrace.bootstrapServer()));
        all.addAll(List.of(arguments));
        return ToolRun.of(tool, all.toArray(String[]::new));
    }
}
