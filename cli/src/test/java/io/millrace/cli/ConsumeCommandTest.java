package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.cli.gateway.FakeGateway;
import io.millrace.cli.session.Io;
import io.millrace.cli.session.Io.Terminal;
import io.millrace.v1.StartPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ConsumeCommandTest {
    private final FakeGateway gateway = new FakeGateway();

    @BeforeEach
    void createTopic() {
        gateway.log().create("quakes", 1);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun millrace(String... arguments) {
        return CommandRun.against(gateway, arguments);
    }

    private void produce(byte[] input, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "produce";
        all[1] = "quakes";
        System.arraycopy(options, 0, all, 2, options.length);
        assertThat(CommandRun.against(gateway, input, all).exitCode()).isZero();
    }

    @Test
    void whatWentInComesOutByteForByte() {
        byte[] lines = new byte[300_000];
        new Random(11).nextBytes(lines);
        lines[lines.length - 1] = '\n';
        produce(lines);

        CommandRun run = millrace("consume", "quakes", "-o", ":end", "-f", "%v\\n");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo(ByteString.copyFrom(lines));
    }

    @Test
    void anyRecordsMakeTheRoundTripWithLengths() {
        byte[] framed = "3 2\nk\tyv\n-1 0\n0 -1\n".getBytes(UTF_8);
        produce(framed, "-f", "%K %S\\n%k%v");

        assertThat(millrace("consume", "quakes", "-o", ":end", "-f", "%K %S\\n%k%v")
                        .output())
                .isEqualTo(ByteString.copyFrom(framed));
    }

    @Test
    void aFormatShowsEveryPartOfARecord() {
        produce("1517363399650|k|v|a=1,b\n".getBytes(UTF_8), "-f", "%T|%k|%v|%h\\n");

        assertThat(millrace("consume", "quakes", "-n", "1", "-f", "%t-%p@%o %T %k=%v [%h] %K/%S 100%%\\x21\\n")
                        .text())
                .isEqualTo("quakes-0@0 1517363399650 k=v [a=1,b] 1/1 100%!\n");
    }

    @Test
    void jsonHasTheShapeOfTheRestDoor() {
        produce("1517363399650|o-1|{\"mag\": 1.50}|src=usgs\n".getBytes(UTF_8), "-f", "%T|%k|%v|%h\\n");
        produce(new byte[] {(byte) 0xff, 'x'});

        assertThat(millrace("consume", "quakes", "-o", ":end", "-o", "json").text())
                .isEqualTo(
                        "{\"topic\":\"quakes\",\"partition\":0,\"offset\":0,\"timestamp\":\"2018-01-31T01:49:59.650Z\","
                                + "\"timestamp_type\":\"create\",\"leader_epoch\":0,\"key\":{\"type\":\"STRING\",\"data\":\"o-1\"},"
                                + "\"value\":{\"type\":\"JSON\",\"data\":{\"mag\": 1.50}},"
                                + "\"headers\":[{\"name\":\"src\",\"text\":\"usgs\"}]}\n"
                                + "{\"topic\":\"quakes\",\"partition\":0,\"offset\":1,\"timestamp\":\"2027-01-15T08:00:00.000Z\","
                                + "\"timestamp_type\":\"create\",\"leader_epoch\":0,\"key\":null,"
                                + "\"value\":{\"type\":\"BINARY\",\"data\":\"/3g=\"},\"headers\":[]}\n");
    }

    @Test
    void jsonIsAskedForInThreeWays() {
        produce("a\n".getBytes(UTF_8));

        String expected = millrace("consume", "quakes", "-n", "1", "-f", "json").text();
        assertThat(expected).startsWith("{\"topic\"");
        assertThat(millrace("consume", "quakes", "-n", "1", "-o", "json").text())
                .isEqualTo(expected);
        assertThat(millrace("-o", "json", "consume", "quakes", "-n", "1").text())
                .isEqualTo(expected);
    }

    @Test
    void yamlIsADocumentForEachRecord() {
        produce("{\"a\":[1]}\n".getBytes(UTF_8));

        assertThat(millrace("consume", "quakes", "-n", "1", "-o", "yaml").text())
                .startsWith("---\ntopic: quakes\n")
                .contains("value:\n  type: JSON\n  data:\n    a:\n    - 1\n");
    }

    @ParameterizedTest
    @CsvSource({"-2,8 9", "8,8 9", "start,0 1 2 3 4 5 6 7 8 9", "end,''", "-2:end,8 9", ":end,0 1 2 3 4 5 6 7 8 9"})
    void readingStartsWhereItIsTold(String where, String expected) {
        produce("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n".getBytes(UTF_8));

        String range = where.endsWith(":end") ? where : where + ":end";

        assertThat(millrace("consume", "quakes", "-o", range, "-f", "%v ")
                        .text()
                        .strip())
                .isEqualTo(expected);
    }

    @Test
    void timesAreAskedOfTheServer() {
        millrace("consume", "quakes", "-o", "@-90m:end");
        assertThat(gateway.consumer().lastRequest().getStart().getAgo().getSeconds())
                .isEqualTo(5400);

        millrace("consume", "quakes", "-o", "@2018-01-31T02:49:59+01:00:end");
        assertThat(gateway.consumer().lastRequest().getStart().getTimestamp().getSeconds())
                .isEqualTo(1_517_363_399L);
        assertThat(gateway.consumer().lastRequest().getUntilEnd()).isTrue();

        millrace("consume", "quakes", "-o", "end:end");
        assertThat(gateway.consumer().lastRequest().getStart().getEdge()).isEqualTo(StartPoint.Edge.EDGE_LATEST);
    }

    @Test
    void aFollowingReaderStopsAfterItsNumberOfRecordsAndLeavesTheServer() throws InterruptedException {
        produce("x\n".repeat(50).getBytes(UTF_8));

        CommandRun run = millrace("consume", "quakes", "-n", "25", "--grep", "x");

        assertThat(run.text()).isEqualTo("x\n".repeat(25));
        assertThat(gateway.consumer().cancelled().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void grepLooksAtValuesAndCountsOnlyMatches() {
        produce("red 1\nblue 2\nred 3\nred 4\n".getBytes(UTF_8));

        assertThat(millrace("consume", "quakes", "--grep", "^r.d", "-n", "2").text())
                .isEqualTo("red 1\nred 3\n");
    }

    @Test
    void onlyThePartitionsAskedForAreRead() {
        gateway.log().create("quakes", 3);
        produce("0 a\n1 b\n2 c\n".getBytes(UTF_8), "-f", "%p %v\\n");

        assertThat(millrace("consume", "quakes", "-o", ":end", "-p", "2", "-p", "0")
                        .text())
                .isEqualTo("c\na\n");
    }

    @Test
    void anUnknownTopicIsNotFound() {
        assertThat(millrace("consume", "nowhere").exitCode()).isEqualTo(3);
    }

    @Test
    void aReaderOfOurOutputWhoLeavesIsNoError() {
        produce("x\n".repeat(1000).getBytes(UTF_8));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Io io = new Io(
                InputStream.nullInputStream(), new ClosedPipe(), new PrintStream(errors, true, UTF_8), Terminal.NONE);

        int exitCode = Millrace.run(io, CommandRun.onServer(gateway, "consume", "quakes"));

        assertThat(exitCode).isZero();
        assertThat(errors.size()).isZero();
    }

    /** What standard output is once the process behind the pipe has ended. */
    private static final class ClosedPipe extends OutputStream {
        @Override
        public void write(int next) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
