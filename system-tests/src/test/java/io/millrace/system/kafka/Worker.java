package io.millrace.system.kafka;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A program that does what it is told on its standard input; {@code KafkaClientsProgram} says how that is spelt. */
final class Worker implements KafkaSoftware {
    private static final long LIMIT_SECONDS = 180;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private final Abilities abilities;

    /**
     * Starts a program.
     *
     * @param folder for its standard error
     */
    Worker(String name, List<String> command, Path folder) throws IOException {
        this.name = name;
        this.log = folder.resolve(name.replace(' ', '-').replace('/', '-') + ".log");
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            List<String> about = ask("about");
            this.abilities = new Abilities(about.get(0), List.of(about.get(1).split(",")), abilitiesOf(about.get(2)));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Set<Ability> abilitiesOf(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> Ability.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Ability.class)));
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public void create(String bootstrap, String topic, int partitions, int replicas) throws IOException {
        ask("create", bootstrap, topic, Integer.toString(partitions), Integer.toString(replicas));
    }

    @Override
    public long produce(String bootstrap, String topic, Case how, Path file) throws IOException {
        String idempotence = how.idempotent() ? "idempotent" : "plain";
        String partition = Integer.toString(how.partition());
        return Long.parseLong(
                ask("produce", bootstrap, topic, partition, how.codec(), how.acks(), idempotence, file.toString())
                        .getFirst());
    }

    @Override
    public List<String> consume(String bootstrap, List<String> partitions, Path scratch) throws IOException {
        ask("consume", bootstrap, String.join(",", partitions), scratch.toString());
        return Files.readAllLines(scratch);
    }

    @Override
    public List<Long> offsets(String bootstrap, String topic, int partition, List<Long> timestamps) throws IOException {
        String all = timestamps.stream().map(Object::toString).collect(Collectors.joining(","));
        return ask("offsets", bootstrap, topic, Integer.toString(partition), all).stream()
                .map(Long::valueOf)
                .toList();
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private List<String> ask(String... words) throws IOException {
        orders.write(String.join("\t", words) + "\n");
        orders.flush();
        String answer = answer(words);
        List<String> told = List.of(answer.split("\t", -1));
        if (!told.getFirst().equals("done")) {
            throw new IOException(name + ": " + String.join(" ", words) + ": " + answer);
        }
        return told.subList(1, told.size());
    }

    private String answer(String... words) throws IOException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> line.complete(readLine()));
        try {
            return line.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException(name + " says nothing to " + String.join(" ", words) + "; see " + log, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private String readLine() {
        try {
            String line = answers.readLine();
            return line == null ? "its end; see " + log : line;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
