package io.millrace.broker.partitions;

import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.PartitionDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What lay in the log directories at the start and no order has claimed yet. Confined to the control loop. */
final class Inventory {
    private final Map<PartitionKey, Item> items = new TreeMap<>();
    private @Nullable LogDirectory unreadable;

    /** A partition's directory and the log directory that it is in. */
    record Item(LogDirectory home, PartitionDirectory directory) {}

    /** Looks into every directory. Throws IllegalStateException when a partition lies in two: nobody can say which counts. */
    static Inventory of(List<LogDirectory> directories) {
        Inventory inventory = new Inventory();
        for (LogDirectory directory : directories) {
            if (!directory.isFailed()) {
                inventory.take(directory);
            }
            if (directory.isFailed() && inventory.unreadable == null) {
                inventory.unreadable = directory;
            }
        }
        return inventory;
    }

    private void take(LogDirectory home) {
        try {
            for (PartitionDirectory directory : home.contents().partitions()) {
                PartitionKey key = new PartitionKey(
                        directory.topicId(), directory.partition().partition());
                Item other = items.put(key, new Item(home, directory));
                if (other != null) {
                    throw new IllegalStateException("Partition " + directory.partition() + " lies in "
                            + other.home.path() + " and in " + home.path() + "; take one of them away.");
                }
            }
        } catch (IOException e) {
            home.fail("It could not be listed", e);
        }
    }

    /** Takes out a partition, if it is there. */
    Optional<Item> claim(PartitionKey key) {
        return Optional.ofNullable(items.remove(key));
    }

    /** A partition that is served no more, and that nothing allows to delete. */
    void putBack(PartitionKey key, LogDirectory home, PartitionDirectory directory) {
        items.put(key, new Item(home, directory));
    }

    /** What nobody has claimed. */
    List<PartitionDirectory> unclaimed() {
        return items.values().stream().map(Item::directory).toList();
    }

    /** A directory that could not be looked into at the start: a partition that is nowhere else may be there. */
    @Nullable
    LogDirectory unreadable() {
        return unreadable;
    }
}
