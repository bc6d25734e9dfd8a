package io.millrace.system.kafka.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Does what it is told line by line on its standard input, with Kafka's own client; the programs in other languages understand
 * the same. Words are separated by tabs:
 *
 * <pre>
 * about                                                                  answers with version, codecs and abilities
 * create   bootstrap topic partitions replicas
 * produce  bootstrap topic partition codec acks idempotent|plain file    answers with the offset of the first record, or -1
 * consume  bootstrap topic:partition,... file                            reads all there is
 * offsets  bootstrap topic partition timestamp,...                       answers with begin, end, and an offset for each timestamp
 * </pre>
 *
 * Each is answered by one line that begins with {@code done} or {@code failed}.
 */
public final class KafkaClientsProgram {
    private static final String ABILITIES = "create,idempotent,timestamps,any_headers,any_bytes,offsets,framed_snappy";

    private KafkaClientsProgram() {}

    /** Serves its standard input until that ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            answers.println(answer(order));
        }
    }

    private static String answer(String order) {
        try {
            List<String> words = Arrays.asList(order.split("\t", -1));
            return ("done\t" + serve(words.get(0), words.subList(1, words.size()))).strip();
        } catch (Exception e) {
            StringBuilder why = new StringBuilder("failed\t" + e);
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                why.append(" because of ").append(cause);
            }
            return why.toString().replace('\n', ' ');
        }
    }

    /** It is in each release in the same place, while the class that tells it is not. */
    private static String version() throws IOException {
        Properties release = new Properties();
        try (InputStream file = KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            release.load(file);
        }
        return release.getProperty("version");
    }

    private static String serve(String command, List<String> words) throws Exception {
        return switch (command) {
            case "about" -> version() + "\tnone,gzip,snappy,lz4,zstd\t" + ABILITIES;
            case "create" -> {
                Topics.create(
                        words.get(0), words.get(1), Integer.parseInt(words.get(2)), Short.parseShort(words.get(3)));
                yield "";
            }
            case "produce" ->
                Long.toString(Writing.of(words.get(0), words.get(3), words.get(4), words.get(5))
                        .write(words.get(1), Integer.parseInt(words.get(2)), Path.of(words.get(6))));
            case "consume" -> {
                Reading.all(words.get(0), words.get(1).split(","), Path.of(words.get(2)));
                yield "";
            }
            case "offsets" ->
                Reading.offsets(
                        words.get(0),
                        words.get(1),
                        Integer.parseInt(words.get(2)),
                        words.get(3).split(","));
            default -> throw new IllegalArgumentException(command);
        };
    }
}
