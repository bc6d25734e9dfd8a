package io.millrace.broker.storage;

import io.millrace.core.environment.Disk;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What lies in a log directory. Partitions of deleted topics are first moved out of sight and deleted after a grace
 * period; what no picture explains is never deleted.
 *
 * <pre>
 *   orders-0/             a partition, with partition.metadata and its segments
 *   .deleted/ID-0/        partition 0 of a deleted topic, until the grace period is over; ID-0.1 if it was here before
 *   .set-aside/ID-0/      a partition whose name a topic with another id has taken; for a person to look at
 * </pre>
 */
public record DirectoryContents(Disk disk, Path path) {
    private static final String DELETED = ".deleted";
    private static final String SET_ASIDE = ".set-aside";

    /** Creates the log directory and those above it that are missing, so that they outlive a loss of power too. */
    public void createDirectory() throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path next = path.toAbsolutePath();
        while (next != null && !disk.exists(next)) {
            missing.push(next);
            next = next.getParent();
        }
        disk.createDirectories(path);
        for (Path created : missing) {
            Path above = created.getParent();
            if (above != null) {
                disk.syncDirectory(above);
            }
        }
    }

    /** The partitions, by name. */
    public List<PartitionDirectory> partitions() throws IOException {
        List<PartitionDirectory> found = new ArrayList<>();
        for (String name : disk.list(path)) {
            PartitionDirectory.read(disk, path.resolve(name)).ifPresent(found::add);
        }
        return found;
    }

    /** Creates a partition's directory, durably; one of that name that belongs to another topic id is set aside. */
    public PartitionDirectory create(TopicPartition partition, TopicId topicId) throws IOException {
        Path place = path.resolve(partition.toString());
        Optional<PartitionDirectory> present =
                disk.exists(place) ? PartitionDirectory.read(disk, place) : Optional.empty();
        if (present.isPresent() && !present.get().topicId().equals(topicId)) {
            move(present.get(), SET_ASIDE);
        }
        return PartitionDirectory.create(disk, path, partition, topicId);
    }

    /** Moves a closed partition of a deleted topic out of sight; returns where to. */
    public Path bury(PartitionDirectory partition) throws IOException {
        return move(partition, DELETED);
    }

    /** What waits for its grace period to end. */
    public List<Path> buried() throws IOException {
        Path graves = path.resolve(DELETED);
        return disk.exists(graves)
                ? disk.list(graves).stream().map(graves::resolve).toList()
                : List.of();
    }

    /** Deletes what was buried. */
    public void delete(Path buried) throws IOException {
        for (String name : disk.list(buried)) {
            disk.delete(buried.resolve(name));
        }
        disk.delete(buried);
        disk.syncDirectory(Objects.requireNonNull(buried.getParent()));
    }

    private Path move(PartitionDirectory partition, String where) throws IOException {
        Path target = path.resolve(where);
        if (!disk.exists(target)) {
            disk.createDirectories(target);
            disk.syncDirectory(path);
        }
        Path place = freePlace(
                target, partition.topicId() + "-" + partition.partition().partition());
        disk.rename(partition.path(), place);
        disk.syncDirectory(target);
        disk.syncDirectory(path);
        return place;
    }

    /** A replica may be taken away, given back and taken away again before the first grace period is over. */
    private Path freePlace(Path target, String name) throws IOException {
        Path place = target.resolve(name);
        for (int number = 1; disk.exists(place); number++) {
            place = target.resolve(name + "." + number);
        }
        return place;
    }
}
