package io.millrace.broker.storage;

import io.millrace.core.environment.Disk;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A partition's place in a log directory: {@code <topic>-<partition>}, with Kafka's file {@code partition.metadata} in it
 * that carries the topic's id, because another topic may come under the same name.
 */
public record PartitionDirectory(TopicPartition partition, TopicId topicId, Path path) {
    private static final String FILE = "partition.metadata";
    private static final String ID = "topic_id: ";

    /** Creates the directory durably, or finds it as a crash in the middle of this left it. */
    static PartitionDirectory create(Disk disk, Path logDirectory, TopicPartition partition, TopicId topicId)
            throws IOException {
        Path path = logDirectory.resolve(partition.toString());
        disk.createDirectories(path);
        new SmallFile(disk, path.resolve(FILE)).write(List.of("version: 0", ID + topicId));
        disk.syncDirectory(logDirectory);
        return new PartitionDirectory(partition, topicId, path);
    }

    /** Reads what a path holds; nothing when it is no partition's directory. */
    static Optional<PartitionDirectory> read(Disk disk, Path path) throws IOException {
        Optional<TopicPartition> partition = partitionNamed(String.valueOf(path.getFileName()));
        if (partition.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<String>> lines = new SmallFile(disk, path.resolve(FILE)).read();
        return lines.flatMap(PartitionDirectory::topicId)
                .map(topicId -> new PartitionDirectory(partition.get(), topicId, path));
    }

    private static Optional<TopicPartition> partitionNamed(String name) {
        int dash = name.lastIndexOf('-');
        String number = name.substring(dash + 1);
        if (dash < 1 || number.length() > 9 || !number.matches("[0-9]+")) {
            return Optional.empty();
        }
        return Optional.of(new TopicPartition(name.substring(0, dash), Integer.parseInt(number)));
    }

    private static Optional<TopicId> topicId(List<String> lines) {
        try {
            return lines.stream()
                    .filter(line -> line.startsWith(ID))
                    .findFirst()
                    .map(line -> TopicId.parse(line.substring(ID.length()).trim()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
