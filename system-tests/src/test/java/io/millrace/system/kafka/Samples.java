package io.millrace.system.kafka;

import io.millrace.system.kafka.KafkaSoftware.Abilities;
import io.millrace.system.kafka.KafkaSoftware.Ability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What clients write, and what is to be read then. In files for writers each record is a line with timestamp, key, value and
 * headers; in files of readers with topic, partition, offset, timestamp, key, SHA-256 of the value, and headers; tabs are between
 * them. Bytes are in hexadecimal digits, null is "-", headers are {@code name=value} with semicolons between.
 */
final class Samples {
    static final int SMALL = 40;
    static final long STEP_MILLIS = 1_000;
    private static final int LARGE = 100;
    private static final int LARGE_BYTES = 9_000;
    private static final int SHAPES = 8;
    private static final String NULL = "-";

    /** The place of the timestamp in a line that was read. */
    private static final int TIMESTAMP = 3;

    private Samples() {}

    /** A record to write, spelt as in files. */
    record Sample(long timestamp, String key, String value, String headers) {
        static Sample of(long timestamp, byte @Nullable [] key, byte @Nullable [] value, String headers) {
            return new Sample(timestamp, hex(key), hex(value), headers);
        }

        String written() {
            return String.join("\t", Long.toString(timestamp), key, value, headers);
        }

        /** As it is read; without the timestamp if its writer did not choose it. */
        String read(String topic, int partition, long offset, boolean timestamps) {
            return String.join(
                    "\t",
                    topic,
                    Integer.toString(partition),
                    Long.toString(offset),
                    timestamps ? Long.toString(timestamp) : "",
                    key,
                    value.equals(NULL) ? NULL : hex(sha256(HexFormat.of().parseHex(value))),
                    headers);
        }
    }

    /** What a client writes in that case; timestamps rise by {@link #STEP_MILLIS} from the first. */
    static List<Sample> of(Case how, Abilities writer, long firstTimestamp) {
        Random random = new Random(how.partition());
        return IntStream.range(0, how.large() ? LARGE : SMALL)
                .mapToObj(i -> {
                    long timestamp = firstTimestamp + i * STEP_MILLIS;
                    if (how.large()) {
                        byte[] value = writer.can(Ability.ANY_BYTES)
                                ? noise(random, LARGE_BYTES)
                                : text(hex(noise(random, LARGE_BYTES / 2)));
                        return Sample.of(timestamp, text("large-" + i), value, "");
                    }
                    return writer.can(Ability.ANY_BYTES)
                            ? any(i, timestamp, random, writer.can(Ability.ANY_HEADERS))
                            : plain(i, timestamp);
                })
                .toList();
    }

    /** Lines of text with the same headers everywhere: what a command line can say. */
    private static Sample plain(int i, long timestamp) {
        return Sample.of(timestamp, text("key-" + i), text("value " + i + " é €".repeat(i)), PLAIN_HEADERS);
    }

    static final String PLAIN_HEADERS = "from=" + hex(text("a command line")) + ";second=" + hex(text("2"));

    private static Sample any(int i, long timestamp, Random random, boolean anyHeaders) {
        byte[] key = text("key-" + i);
        return switch (i % SHAPES) {
            case 0 -> Sample.of(timestamp, key, text("value " + i), "trace=" + hex(text("t-" + i)) + ";b=ff7f80");
            case 1 -> Sample.of(timestamp, null, text("no key"), "");
            case 2 -> Sample.of(timestamp, key, null, "");
            case 3 -> Sample.of(timestamp, new byte[0], new byte[0], "empty=");
            case 4 -> Sample.of(timestamp, text("ключ-" + i), text("värde, 値, 🌊"), "");
            case 5 -> Sample.of(timestamp, noise(random, 16), noise(random, 256), "");
            case 6 -> Sample.of(timestamp, key, text("x"), anyHeaders ? "twin=31;twin=32;none=-" : "one=31");
            default -> Sample.of(timestamp, key, text("much of the same, ".repeat(300)), "");
        };
    }

    /** A line that was read, without the timestamp. */
    static String withoutTimestamp(String line) {
        String[] words = line.split("\t", -1);
        words[TIMESTAMP] = "";
        return String.join("\t", words);
    }

    /** The timestamp of a line that was read. */
    static long timestampOf(String line) {
        return Long.parseLong(line.split("\t", -1)[TIMESTAMP]);
    }

    /** The partition of a line that was read, as {@code topic:number}. */
    static String partitionOf(String line) {
        return line.split("\t", 3)[0] + ":" + line.split("\t", 3)[1];
    }

    static String file(List<Sample> samples) {
        return samples.stream().map(sample -> sample.written() + "\n").collect(Collectors.joining());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte @Nullable [] bytes) {
        return bytes == null ? NULL : HexFormat.of().formatHex(bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
