package io.millrace.broker.partitions;

import io.millrace.broker.log.RecoveryProof;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.PartitionDirectory;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All partitions of this broker. It carries out what pictures order. Confined to the control loop, but for the methods that
 * say otherwise.
 */
public final class Partitions {
    private final int brokerId;
    private final List<LogDirectory> directories;
    private final PartitionHall hall;
    private final Inventory inventory;
    private final Cemetery cemetery;
    private final Map<PartitionKey, Held> held = new TreeMap<>();
    private final Map<TopicPartition, LocalPartition> byName = new ConcurrentHashMap<>();
    private final Map<PartitionKey, LocalPartition> byKey = new ConcurrentHashMap<>();
    private final Map<TopicPartition, CompletableFuture<Void>> departing = new ConcurrentHashMap<>();
    private final Set<PartitionKey> unexplained = new TreeSet<>();
    private boolean mayFree;
    private int asked;
    private int opened;

    /** A partition, and what the picture showed of it last. */
    private record Held(LocalPartition partition, TopicRecord topic, PartitionImage image) {
        /** Pictures share what did not change, and one that came over the network is equal all the same. */
        boolean shows(TopicImage newTopic, PartitionImage newImage) {
            return image.equals(newImage) && topic.equals(newTopic.topic());
        }
    }

    /** Looks into the directories, which may take a while; throws IllegalStateException when they contradict each other. */
    public Partitions(int brokerId, List<LogDirectory> directories, PartitionHall hall) {
        this.brokerId = brokerId;
        this.directories = List.copyOf(directories);
        this.hall = hall;
        this.inventory = Inventory.of(directories);
        this.cemetery = new Cemetery(hall);
    }

    /**
     * A whole picture; the future completes when every log that it asks for has been opened. One that changes nothing for a
     * partition costs it nothing: a watch that begins anew brings what is mostly known.
     */
    public CompletableFuture<Void> take(ClusterImage image) {
        hall.links().show(image);
        mayFree |= hall.links().showsThisRegistration();
        CompletableFuture<Void> done = carryOut(PictureOrder.ofSnapshot(image, topicsHere(), brokerId));
        if (opened < asked) {
            hall.observer().opening(opened, asked); // before the first is open: the check of one log may take minutes
        }
        tellOfUnexplained(image);
        return done;
    }

    private void tellOfUnexplained(ClusterImage image) {
        for (PartitionDirectory kept : inventory.unclaimed()) {
            PartitionKey key = new PartitionKey(kept.topicId(), kept.partition().partition());
            if (image.topic(kept.topicId()).isEmpty() && unexplained.add(key)) {
                hall.observer().unexplained(kept.partition(), kept.path());
            }
        }
    }

    /** The next step; the future completes when every log that it asks for has been opened. */
    public CompletableFuture<Void> take(ClusterDelta delta, ClusterImage after) {
        hall.links().show(after);
        if (!mayFree && hall.links().showsThisRegistration()) {
            mayFree = true;
            return carryOut(PictureOrder.ofSnapshot(after, topicsHere(), brokerId)); // what was only put away until now
        }
        return carryOut(PictureOrder.ofDelta(delta, after, brokerId));
    }

    /** Topics of which there is something here, served or not. */
    private Set<TopicId> topicsHere() {
        Set<TopicId> topics = new TreeSet<>(Comparator.comparing(TopicId::uuid));
        held.keySet().forEach(key -> topics.add(key.topicId()));
        inventory.unclaimed().forEach(kept -> topics.add(kept.topicId()));
        return topics;
    }

    private CompletableFuture<Void> carryOut(List<PictureOrder> orders) {
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (PictureOrder order : orders) {
            switch (order) {
                case PictureOrder.Hold(TopicImage topic, PartitionImage partition) ->
                    opened.add(hold(topic, partition));
                case PictureOrder.Suspend(TopicId topicId) -> suspend(topicId);
                case PictureOrder.Release(PartitionKey key) -> release(key);
                case PictureOrder.Delete(TopicDeletion tombstone) -> delete(tombstone);
            }
        }
        return CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> hold(TopicImage topic, PartitionImage image) {
        PartitionKey key = new PartitionKey(topic.topicId(), image.partition());
        Held present = held.get(key);
        if (present != null && present.shows(topic, image)) {
            return CompletableFuture.completedFuture(null);
        }
        LocalPartition partition;
        CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
        if (present == null) {
            Optional<Inventory.Item> found = inventory.claim(key);
            partition = create(key, topic, found.map(Inventory.Item::home).orElseGet(this::homeForNew));
            opened = open(partition, found.map(Inventory.Item::directory), image);
        } else {
            partition = present.partition();
            withdrawIfFailed(present, image);
        }
        held.put(key, new Held(partition, topic.topic(), image));
        partition.follow(PartitionStanding.of(brokerId, topic, image));
        return opened;
    }

    /** A leader may have asked for a replica to be in sync before it could hear that the directory of that replica had failed. */
    private void withdrawIfFailed(Held before, PartitionImage image) {
        boolean isNews = !before.image().holdsAllCommitted(brokerId);
        if (isNews && before.partition().home().isFailed()) {
            var _ = withdraw(WithdrawReplicasRequest.Reason.STORAGE_FAILED, image);
        }
    }

    private LocalPartition create(PartitionKey key, TopicImage topic, LogDirectory home) {
        TopicPartition name = new TopicPartition(topic.name(), key.partition());
        LocalPartition partition = new LocalPartition(
                name,
                key.topicId(),
                home,
                hall.placeFor(key),
                TopicOptions.of(topic.topic().configs()));
        byName.put(name, partition);
        byKey.put(key, partition);
        return partition;
    }

    private CompletableFuture<Void> open(
            LocalPartition partition, Optional<PartitionDirectory> found, PartitionImage image) {
        Optional<Refusal> broken = partition.home().refusal();
        if (broken.isPresent()) {
            partition.fail(broken.get());
            return withdraw(WithdrawReplicasRequest.Reason.STORAGE_FAILED, image);
        }
        asked++;
        return departing
                .getOrDefault(partition.name(), CompletableFuture.completedFuture(null))
                .thenApplyAsync(_ -> partition.open(found.orElse(null), image.committedFloor()), hall.blocking())
                .thenComposeAsync(
                        proof -> {
                            hall.observer().opening(++opened, asked);
                            return prove(partition, proof, image);
                        },
                        hall.control()::post);
    }

    /** Whoever counts on a replica that does not hold what it must has to know before this broker may be elected. */
    private CompletableFuture<Void> prove(
            LocalPartition partition, Optional<RecoveryProof> proof, PartitionImage image) {
        if (!image.holdsAllCommitted(brokerId)
                || proof.map(RecoveryProof::holds).orElse(false)) {
            return CompletableFuture.completedFuture(null);
        }
        hall.observer()
                .withdrawn(partition.name(), proof.map(RecoveryProof::reason).orElse("The log cannot be opened."));
        return withdraw(
                proof.isPresent()
                        ? WithdrawReplicasRequest.Reason.AMNESIA
                        : WithdrawReplicasRequest.Reason.DAMAGED, // a person may be able to mend what is there
                image);
    }

    private CompletableFuture<Void> withdraw(WithdrawReplicasRequest.Reason reason, PartitionImage image) {
        return image.holdsAllCommitted(brokerId)
                ? hall.withdrawals()
                        .withdraw(reason, image.topicId(), image.partition())
                        .thenAccept(_ -> {})
                : CompletableFuture.completedFuture(null);
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
                .filter(one -> one.partition().home() == directory)
                .count();
    }

    private void suspend(TopicId topicId) {
        List<PartitionKey> gone = held.keySet().stream()
                .filter(key -> key.topicId().equals(topicId))
                .toList();
        gone.forEach(key -> putAway(key, name -> new Refusal.UnknownTopic(name.topic())));
    }

    /** Serves it no more and keeps its log: nothing says that it was deleted. */
    private void putAway(PartitionKey key, Function<TopicPartition, Refusal> why) {
        Held gone = held.remove(key);
        if (gone != null) {
            LocalPartition partition = gone.partition();
            forget(key, partition);
            inventory.putBack(key, partition.home(), partition.directory());
            depart(partition.name(), partition.close(why.apply(partition.name())));
        }
    }

    /**
     * A picture that may be older than what an earlier process of this broker has seen is no permission to delete: it may
     * be from before this broker became a replica.
     */
    private void release(PartitionKey key) {
        if (mayFree) {
            free(key, Refusal.NotLeader::new).ifPresent(gone -> hall.observer().freed(gone.name()));
        } else {
            putAway(key, Refusal.NotLeader::new);
        }
    }

    private void delete(TopicDeletion tombstone) {
        for (int number = 0; number < tombstone.partitionCount(); number++) {
            free(new PartitionKey(tombstone.topicId(), number), _ -> new Refusal.UnknownTopic(tombstone.name()))
                    .ifPresent(gone -> hall.observer().deleted(gone.name()));
        }
    }

    /** Serves it no more, and frees the disk when the grace period is over; returns what was served, if it was. */
    private Optional<LocalPartition> free(PartitionKey key, Function<TopicPartition, Refusal> why) {
        Held gone = held.remove(key);
        if (gone != null) {
            LocalPartition partition = gone.partition();
            TopicPartition name = partition.name();
            forget(key, partition);
            depart(
                    name,
                    partition.close(why.apply(name)).thenRunAsync(() -> cemetery.bury(partition), hall.blocking()));
            return Optional.of(partition);
        }
        inventory
                .claim(key)
                .ifPresent(item -> depart(
                        item.directory().partition(),
                        CompletableFuture.runAsync(
                                () -> cemetery.bury(item.home(), item.directory()), hall.blocking())));
        return Optional.empty();
    }

    private void forget(PartitionKey key, LocalPartition partition) {
        byName.remove(partition.name(), partition);
        byKey.remove(key, partition);
    }

    /** Until a partition's directory is out of the way, none of the same name is opened. */
    private void depart(TopicPartition name, CompletableFuture<Void> gone) {
        departing.put(name, gone);
        var _ = gone.whenComplete((_, _) -> departing.remove(name, gone));
    }

    /** The partition of that name, if this broker serves it. May be called from any thread. */
    public Optional<LocalPartition> named(TopicPartition name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The partition of that topic, if this broker holds a replica of it. May be called from any thread. */
    public Optional<LocalPartition> held(TopicId topicId, int partition) {
        return Optional.ofNullable(byKey.get(new PartitionKey(topicId, partition)));
    }

    /** All loops among which partitions are dealt out. May be called from any thread. */
    public List<EventLoop> loops() {
        return hall.loops();
    }

    /** Which of the loops is that partition's, whether it is held here or not. May be called from any thread. */
    public int loopIndex(TopicId topicId, int partition) {
        return hall.loopIndex(topicId, partition);
    }

    /** All partitions, in a fixed order. */
    public List<LocalPartition> all() {
        return held.values().stream().map(Held::partition).toList();
    }

    /** Everything in the directory refuses from now on, and the cluster hears of it. */
    public void failed(LogDirectory directory) {
        directory
                .refusal()
                .ifPresent(why -> held.values().stream()
                        .filter(one -> one.partition().home() == directory)
                        .forEach(one -> {
                            one.partition().fail(why);
                            var _ = withdraw(WithdrawReplicasRequest.Reason.STORAGE_FAILED, one.image());
                        }));
    }

    /** Deletes after its grace period what an earlier run has buried. */
    public void adoptBuried() {
        directories.forEach(cemetery::adopt);
    }

    /** Closes every log in order. */
    public CompletableFuture<Void> close(Refusal why) {
        byName.clear();
        byKey.clear();
        return CompletableFuture.allOf(
                all().stream().map(partition -> partition.close(why)).toArray(CompletableFuture[]::new));
    }
}
