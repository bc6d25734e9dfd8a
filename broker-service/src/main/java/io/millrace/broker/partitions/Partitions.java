package io.millrace.broker.partitions;

import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.PartitionDirectory;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All partitions of this broker. It carries out what pictures order. Confined to the control loop, but for
 * {@link #named}.
 */
public final class Partitions {
    private final int brokerId;
    private final List<LogDirectory> directories;
    private final PartitionHall hall;
    private final Inventory inventory;
    private final Cemetery cemetery;
    private final Map<PartitionKey, LocalPartition> held = new TreeMap<>();
    private final Map<TopicPartition, LocalPartition> byName = new ConcurrentHashMap<>();
    private final Map<TopicPartition, CompletableFuture<Void>> departing = new ConcurrentHashMap<>();
    private int asked;
    private int opened;

    /** Looks into the directories, which may take a while; throws IllegalStateException when they contradict each other. */
    public Partitions(int brokerId, List<LogDirectory> directories, PartitionHall hall) {
        this.brokerId = brokerId;
        this.directories = List.copyOf(directories);
        this.hall = hall;
        this.inventory = Inventory.of(directories);
        this.cemetery = new Cemetery(hall);
    }

    /** A whole picture; the future completes when every log that it asks for has been opened. */
    public CompletableFuture<Void> take(ClusterImage image) {
        Set<TopicId> topics = new TreeSet<>(Comparator.comparing(TopicId::uuid));
        held.keySet().forEach(key -> topics.add(key.topicId()));
        CompletableFuture<Void> done = carryOut(PictureOrder.ofSnapshot(image, topics, brokerId));
        if (opened < asked) {
            hall.observer().opening(opened, asked); // before the first is open: the check of one log may take minutes
        }
        inventory.unclaimed().forEach(kept -> hall.observer().unexplained(kept.partition(), kept.path()));
        return done;
    }

    /** The next step; the future completes when every log that it asks for has been opened. */
    public CompletableFuture<Void> take(ClusterDelta delta, ClusterImage after) {
        return carryOut(PictureOrder.ofDelta(delta, after, brokerId));
    }

    private CompletableFuture<Void> carryOut(List<PictureOrder> orders) {
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (PictureOrder order : orders) {
            switch (order) {
                case PictureOrder.Hold(TopicImage topic, PartitionImage partition) ->
                    opened.add(hold(topic, partition));
                case PictureOrder.Suspend(TopicId topicId) -> suspend(topicId);
                case PictureOrder.Delete(TopicDeletion tombstone) -> delete(tombstone);
            }
        }
        return CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> hold(TopicImage topic, PartitionImage image) {
        PartitionKey key = new PartitionKey(topic.topicId(), image.partition());
        LocalPartition partition = held.get(key);
        CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
        if (partition == null) {
            Optional<Inventory.Item> found = inventory.claim(key);
            partition = create(key, topic, found.map(Inventory.Item::home).orElseGet(this::homeForNew));
            opened = open(partition, found.map(Inventory.Item::directory));
        }
        partition.follow(PartitionStanding.of(brokerId, topic, image));
        return opened;
    }

    private LocalPartition create(PartitionKey key, TopicImage topic, LogDirectory home) {
        TopicPartition name = new TopicPartition(topic.name(), key.partition());
        LocalPartition partition = new LocalPartition(
                name,
                key.topicId(),
                home,
                hall.placeFor(key),
                TopicOptions.of(topic.topic().configs()));
        held.put(key, partition);
        byName.put(name, partition);
        return partition;
    }

    private CompletableFuture<Void> open(LocalPartition partition, Optional<PartitionDirectory> found) {
        Optional<Refusal> broken = partition.home().refusal();
        if (broken.isPresent()) {
            partition.fail(broken.get());
            return CompletableFuture.completedFuture(null);
        }
        asked++;
        return departing
                .getOrDefault(partition.name(), CompletableFuture.completedFuture(null))
                .thenRunAsync(() -> partition.open(found.orElse(null)), hall.blocking())
                .thenRunAsync(() -> hall.observer().opening(++opened, asked), hall.control()::post);
    }

    /** The working directory with the fewest partitions; a failed one when it may hold the partition already. */
    private LogDirectory homeForNew() {
        LogDirectory unreadable = inventory.unreadable();
        if (unreadable != null) {
            return unreadable;
        }
        return directories.stream()
                .filter(directory -> !directory.isFailed())
                .min(Comparator.comparingLong(this::partitionsIn))
                .orElseGet(directories::getFirst);
    }

    private long partitionsIn(LogDirectory directory) {
        return held.values().stream()
                .filter(partition -> partition.home() == directory)
                .count();
    }

    private void suspend(TopicId topicId) {
        for (LocalPartition partition : of(topicId)) {
            PartitionKey key = new PartitionKey(topicId, partition.name().partition());
            held.remove(key);
            byName.remove(partition.name(), partition);
            inventory.putBack(key, partition.home(), partition.directory());
            depart(
                    partition.name(),
                    partition.close(new Refusal.UnknownTopic(partition.name().topic())));
        }
    }

    private void delete(TopicDeletion tombstone) {
        for (int number = 0; number < tombstone.partitionCount(); number++) {
            PartitionKey key = new PartitionKey(tombstone.topicId(), number);
            LocalPartition partition = held.remove(key);
            if (partition != null) {
                byName.remove(partition.name(), partition);
                depart(
                        partition.name(),
                        partition
                                .close(new Refusal.UnknownTopic(tombstone.name()))
                                .thenRunAsync(() -> cemetery.bury(partition), hall.blocking()));
            } else {
                inventory
                        .claim(key)
                        .ifPresent(item -> depart(
                                item.directory().partition(),
                                CompletableFuture.runAsync(
                                        () -> cemetery.bury(item.home(), item.directory()), hall.blocking())));
            }
        }
    }

    /** Until a partition's directory is out of the way, none of the same name is opened. */
    private void depart(TopicPartition name, CompletableFuture<Void> gone) {
        departing.put(name, gone);
        var _ = gone.whenComplete((_, _) -> departing.remove(name, gone));
    }

    private Collection<LocalPartition> of(TopicId topicId) {
        return held.values().stream()
                .filter(partition -> partition.topicId().equals(topicId))
                .toList();
    }

    /** The partition of that name, if this broker serves it. May be called from any thread. */
    public Optional<LocalPartition> named(TopicPartition name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All partitions, in a fixed order. */
    public List<LocalPartition> all() {
        return List.copyOf(held.values());
    }

    /** Everything in the directory refuses from now on. */
    public void failed(LogDirectory directory) {
        directory
                .refusal()
                .ifPresent(why -> held.values().stream()
                        .filter(partition -> partition.home() == directory)
                        .forEach(partition -> partition.fail(why)));
    }

    /** Deletes after its grace period what an earlier run has buried. */
    public void adoptBuried() {
        directories.forEach(cemetery::adopt);
    }

    /** Closes every log in order. */
    public CompletableFuture<Void> close(Refusal why) {
        byName.clear();
        return CompletableFuture.allOf(
                held.values().stream().map(partition -> partition.close(why)).toArray(CompletableFuture[]::new));
    }
}
