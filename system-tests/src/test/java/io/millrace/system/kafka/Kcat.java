package io.millrace.system.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** kcat, a process for each order. Its lines hold text, and all records of an order get the same headers. */
final class Kcat implements KafkaSoftware {
    private static final Pattern VERSION = Pattern.compile("Version (\\S+) .*librdkafka (\\S+)", Pattern.DOTALL);
    private static final Pattern OFFSET = Pattern.compile("offset (-?\\d+)");
    private static final long LIMIT_SECONDS = 120;

    private final Path folder;
    private final Abilities abilities;

    /**
     * Asks which one is installed.
     *
     * @param folder for what it prints
     */
    Kcat(Path folder) throws IOException {
        this.folder = folder;
        String about = new String(run(List.of("-V"), Path.of("/dev/null")), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(about);
        if (!version.find()) {
            throw new IOException(about);
        }
        this.abilities = new Abilities(
                version.group(1) + " (librdkafka " + version.group(2) + ")",
                Case.CODECS,
                EnumSet.of(Ability.IDEMPOTENT, Ability.OFFSETS, Ability.FRAMED_SNAPPY));
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public void create(String bootstrap, String topic, int partitions, int replicas) {
        throw new UnsupportedOperationException("kcat creates no topics");
    }

    @Override
    public long produce(String bootstrap, String topic, Case how, Path file) throws IOException {
        List<String> words = new ArrayList<>(List.of("-P", "-b", bootstrap, "-t", topic, "-K", "\\t"));
        words.addAll(List.of("-p", Integer.toString(how.partition()), "-z", how.codec()));
        words.addAll(List.of("-X", "acks=" + how.acks(), "-X", "enable.idempotence=" + how.idempotent()));
        List<String> samples = Files.readAllLines(file);
        headers(samples.getFirst().split("\t", -1)[3]).forEach((name, value) -> {
            words.add("-H");
            words.add(name + "=" + value);
        });
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (String sample : samples) {
            String[] parts = sample.split("\t", -1);
            lines.writeBytes(HexFormat.of().parseHex(parts[1]));
            lines.write('\t');
            lines.writeBytes(HexFormat.of().parseHex(parts[2]));
            lines.write('\n');
        }
        Path input = folder.resolve(topic + "-" + how.partition() + ".kcat");
        Files.write(input, lines.toByteArray());
        run(words, input);
        return -1;
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : text.isEmpty() ? new String[0] : text.split(";")) {
            String[] parts = header.split("=", 2);
            headers.put(parts[0], new String(HexFormat.of().parseHex(parts[1]), StandardCharsets.UTF_8));
        }
        return headers;
    }

    @Override
    public List<String> consume(String bootstrap, List<String> partitions, Path scratch) throws IOException {
        List<String> topics = partitions.stream()
                .map(partition -> partition.substring(0, partition.indexOf(':')))
                .distinct()
                .toList();
        List<String> lines = new ArrayList<>();
        for (String topic : topics) {
            List<String> words =
                    List.of("-C", "-q", "-e", "-b", bootstrap, "-o", "beginning", "-t", topic, "-f", KcatOutput.FORMAT);
            lines.addAll(KcatOutput.lines(run(words, Path.of("/dev/null"))));
        }
        return lines;
    }

    @Override
    public List<Long> offsets(String bootstrap, String topic, int partition, List<Long> timestamps) throws IOException {
        List<Long> found = new ArrayList<>();
        List<Long> asked = new ArrayList<>(List.of(-2L, -1L));
        asked.addAll(timestamps);
        for (long timestamp : asked) {
            String answer = new String(
                    run(
                            List.of("-Q", "-b", bootstrap, "-t", topic + ":" + partition + ":" + timestamp),
                            Path.of("/dev/null")),
                    StandardCharsets.UTF_8);
            Matcher offset = OFFSET.matcher(answer);
            if (!offset.find()) {
                throw new IOException(answer);
            }
            found.add(Long.parseLong(offset.group(1)));
        }
        return found;
    }

    private byte[] run(List<String> words, Path input) throws IOException {
        List<String> command = new ArrayList<>(List.of("kcat"));
        command.addAll(words);
        Path out = Files.createTempFile(folder, "kcat", ".out");
        Path err = Files.createTempFile(folder, "kcat", ".err");
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end: " + Files.readString(err));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + Files.readString(err));
        }
        return Files.readAllBytes(out);
    }

    @Override
    public void close() {
        // None of its processes is left.
    }
}
