package io.millrace.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.cluster.Await;
import io.millrace.system.kafka.KafkaSoftware.Abilities;
import io.millrace.system.kafka.KafkaSoftware.Ability;
import io.millrace.system.kafka.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All clients against one target: each writes in every way that it can, then each reads what all have written. */
final class Round {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long HOUR_MILLIS = 3_600_000;

    /** The clock of a client is that of this machine. */
    private static final long CLOCK_MILLIS = 1_000;

    private final Target target;
    private final Path folder;
    private final long firstTimestamp = (System.currentTimeMillis() - HOUR_MILLIS) / 1_000 * 1_000;
    private final Map<String, Expected> written = new ConcurrentHashMap<>();

    /**
     * A round in which nothing has happened.
     *
     * @param folder for files of records
     */
    Round(Target target, Path folder) throws IOException {
        this.target = target;
        this.folder = Files.createDirectories(folder);
    }

    /** What a partition has to contain. */
    private record Expected(List<Sample> samples, boolean timestamps, String codec) {}

    /** Lets a client write. */
    void write(Software software, KafkaSoftware client) throws IOException, InterruptedException {
        if (client.abilities().can(Ability.CREATE)) {
            client.create(target.kafka(), software.topic(), Case.PARTITIONS, target.replicas());
        } else {
            target.rest().createTopic(software.topic(), Case.PARTITIONS, target.replicas());
        }
        for (Case how : Case.of(client.abilities())) {
            write(software, client, how);
        }
    }

    private void write(Software software, KafkaSoftware client, Case how) throws IOException {
        List<Sample> samples = Samples.of(how, client.abilities(), firstTimestamp);
        Path file = folder.resolve(software.topic() + "-" + how.partition() + ".write");
        Files.writeString(file, Samples.file(samples));
        long first = client.produce(target.kafka(), software.topic(), how, file);
        assertThat(first)
                .as("%s, %s: the offset of the first record", software, how)
                .isIn(0L, -1L);
        if (how.acks().equals("0")) {
            var _ = Await.until(
                    "what " + software + " wrote without waiting for answers",
                    LIMIT,
                    () -> client.offsets(target.kafka(), software.topic(), how.partition(), List.of(0L)),
                    offsets -> offsets.get(1) == samples.size());
        }
        written.put(
                software.topic() + ":" + how.partition(),
                new Expected(samples, client.abilities().can(Ability.TIMESTAMPS), how.codec()));
    }

    /** Lets a client read what all have written that it can decode, and compares. */
    void read(Software software, KafkaSoftware client) throws IOException {
        Abilities abilities = client.abilities();
        List<String> partitions = written.entrySet().stream()
                .filter(each -> canRead(
                        software, abilities, each.getKey(), each.getValue().codec()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        Map<String, List<String>> found =
                client.consume(target.kafka(), partitions, folder.resolve(software.topic() + ".read")).stream()
                        .collect(Collectors.groupingBy(Samples::partitionOf, LinkedHashMap::new, Collectors.toList()));
        for (String partition : partitions) {
            compare(software + " reads " + partition, partition, found.getOrDefault(partition, List.of()));
        }
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(partitions);
    }

    private static boolean canRead(Software software, Abilities abilities, String partition, String codec) {
        boolean isOwn = partition.startsWith(software.topic() + ":");
        boolean isFramed = codec.equals("snappy") && !isOwn;
        return abilities.codecs().contains(codec) && (!isFramed || abilities.can(Ability.FRAMED_SNAPPY));
    }

    private void compare(String what, String partition, List<String> lines) {
        Expected expected = Objects.requireNonNull(written.get(partition));
        String topic = partition.substring(0, partition.indexOf(':'));
        int number = Integer.parseInt(partition.substring(topic.length() + 1));
        List<Sample> samples = expected.samples();
        List<String> wanted = IntStream.range(0, samples.size())
                .mapToObj(i -> samples.get(i).read(topic, number, i, expected.timestamps()))
                .toList();
        if (expected.timestamps()) {
            assertThat(lines).as(what).containsExactlyElementsOf(wanted);
        } else {
            assertThat(lines.stream().map(Samples::withoutTimestamp)).as(what).containsExactlyElementsOf(wanted);
            assertThat(lines.stream().map(Samples::timestampOf))
                    .as(what)
                    .allSatisfy(timestamp -> assertThat(timestamp)
                            .isBetween(
                                    firstTimestamp + HOUR_MILLIS - CLOCK_MILLIS,
                                    System.currentTimeMillis() + CLOCK_MILLIS));
        }
    }

    /** Lets a client find offsets in what {@code writer} wrote, which knows every codec. */
    void findOffsets(Software software, KafkaSoftware client, Software writer) throws IOException {
        long last = firstTimestamp + (Samples.SMALL - 1) * Samples.STEP_MILLIS;
        List<Long> asked = List.of(
                firstTimestamp - 1,
                firstTimestamp,
                firstTimestamp + 1,
                firstTimestamp + 20 * Samples.STEP_MILLIS,
                last,
                last + 1);
        List<Long> expected = new ArrayList<>(List.of(0L, (long) Samples.SMALL));
        expected.addAll(List.of(0L, 0L, 1L, 20L, Samples.SMALL - 1L, -1L));
        for (String codec : Case.CODECS) {
            int partition = Case.CODECS.indexOf(codec);
            assertThat(client.offsets(target.kafka(), writer.topic(), partition, asked))
                    .as("%s finds offsets among %s records", software, codec)
                    .isEqualTo(expected);
        }
    }

    @Override
    public String toString() {
        return target.name();
    }
}
