package io.millrace.system.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What kcat prints of records: a line with topic, partition, offset, timestamp, the lengths of key and value (-1 for null) and the
 * headers, {@code name=value} with commas between; and then key and value, as they are.
 */
final class KcatOutput {
    static final String FORMAT = "%t\\t%p\\t%o\\t%T\\t%K\\t%S\\t%h\\n%k%s";
    private static final int NULL = -1;

    private final byte[] bytes;
    private int position;

    private KcatOutput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The same as other readers tell of them. */
    static List<String> lines(byte[] bytes) {
        KcatOutput output = new KcatOutput(bytes);
        List<String> lines = new ArrayList<>();
        while (output.position < bytes.length) {
            lines.add(output.line());
        }
        return lines;
    }

    private String line() {
        int end = position;
        while (bytes[end] != '\n') {
            end++;
        }
        String[] words = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1).split("\t", -1);
        position = end + 1;
        byte[] key = take(Integer.parseInt(words[4]));
        byte[] value = take(Integer.parseInt(words[5]));
        String digest = Samples.hex(value == null ? null : Samples.sha256(value));
        return String.join("\t", words[0], words[1], words[2], words[3], Samples.hex(key), digest, headers(words[6]));
    }

    private byte @Nullable [] take(int length) {
        if (length == NULL) {
            return null;
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    private static String headers(String text) {
        return Arrays.stream(text.isEmpty() ? new String[0] : text.split(",", -1))
                .map(header -> header.split("=", 2))
                .map(parts -> parts[0] + "=" + (parts[1].equals("NULL") ? "-" : latin(parts[1])))
                .collect(Collectors.joining(";"));
    }

    private static String latin(String bytes) {
        return Samples.hex(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
