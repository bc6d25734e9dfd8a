package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Batches of less than a megabyte that decompress to more than a process with a heap of 256 MiB has. Its broker does not look into
 * them, as every broker's part is to keep batches as they are; whoever reads their records is told, and nobody else suffers.
 */
class CompressionBombTest {
    private static final int VERSION = 9;
    private static final int READERS = 24;

    /** What a gateway with this heap decompresses at most. */
    private static final int LIMIT = 16 << 20;

    @TempDir
    Path work;

    private final HttpClient client = HttpClient.newHttpClient();
    private MillraceProcess millrace;
    private KafkaConnection connection;

    @BeforeEach
    void start() throws Exception {
        millrace = MillraceProcess.start(work.resolve("data"), "256m");
        connection = new KafkaConnection(millrace.kafkaPort());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + millrace.kafkaPort()))) {
            admin.createTopics(Stream.of("bomb", "bait", "good")
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void everybodyElseIsServed() throws Exception {
        assertThat(connection
                        .produce("good", VERSION, MadeBatch.of("good").bytes())
                        .errorCode())
                .isZero();
        assertThat(new GrpcDoor(millrace.channel()).read("good"))
                .extracting(Stored::value)
                .containsExactly("good");
        connection.close();
        millrace.close();
        assertThat(Files.readString(work.resolve("data/millrace.log"))).doesNotContain("OutOfMemoryError", "A bug");
    }

    @Test
    void manyReadersOfBombsAreToldSo() throws Exception {
        assertThat(send("bomb", CompressionType.GZIP, zeros(400L << 20))).isZero();
        assertThat(send("bomb", CompressionType.SNAPPY, zeros(LIMIT + 1))).isOne();
        assertThat(send("bomb", CompressionType.LZ4, zeros(200L << 20))).isEqualTo(2);
        assertThat(send("bomb", CompressionType.ZSTD, zeros(2L << 30))).isEqualTo(3);

        List<HttpResponse<String>> answers = readAtOnce("bomb", 4);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("CORRUPT_MESSAGE", "more than the limit of " + LIMIT + " bytes", "max-decompressed");
        });
        assertThatThrownBy(() -> new GrpcDoor(millrace.channel()).read("bomb"))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("more than the limit of " + LIMIT + " bytes");
    }

    @Test
    void aRecordThatLiesInsideACompressedBatchIsFoundByItsReaders() throws Exception {
        for (CompressionType codec : CompressionType.values()) {
            send("bait", codec, out -> out.write(new byte[] {0x7e, 0, 0, 0, 1, 1, 0})); // 63 bytes where 6 are
        }

        List<HttpResponse<String>> answers = readAtOnce("bait", CompressionType.values().length);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("CORRUPT_MESSAGE", "a length of 63 where 6 bytes remain");
        });
    }

    /** Many readers at the same time, at each of the first offsets. */
    private List<HttpResponse<String>> readAtOnce(String topic, int offsets) {
        List<CompletableFuture<HttpResponse<String>>> reads = IntStream.range(0, READERS)
                .mapToObj(reader -> client.sendAsync(
                        HttpRequest.newBuilder(millrace.rest("/v3/clusters/-/topics/" + topic
                                        + "/partitions/0/records?value_format=binary&from=" + reader % offsets))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();
        return reads.stream().map(CompletableFuture::join).toList();
    }

    /** The offset at which the batch is. */
    private long send(String topic, CompressionType codec, MadeBatch.Content content) throws IOException {
        var answer = connection.produce(
                topic, VERSION, MadeBatch.compressed(codec, content).sealed());
        assertThat(answer.errorCode()).as(answer.errorMessage()).isZero();
        return answer.baseOffset();
    }

    private static MadeBatch.Content zeros(long size) {
        return out -> writeZeros(out, size);
    }

    private static void writeZeros(OutputStream out, long size) throws IOException {
        byte[] zeros = new byte[1 << 16];
        for (long left = size; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }
}
