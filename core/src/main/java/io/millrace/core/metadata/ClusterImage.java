package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The picture of the cluster at one version. Immutable; the next picture shares what did not change, so that a change
 * costs by its own size and not by the size of the cluster.
 *
 * @param version goes up by one with each committed decision
 * @param controllerEpoch of the controller that made the latest change
 * @param brokers every broker that has registered, by id
 * @param topics the topics that are complete and have no tombstone, by name
 * @param deletedTopics tombstones by topic id
 * @param nextProducerId the first producer id that was not given yet
 * @param quotas how much clients may ask for
 * @param assembly the parts that topics are put together from
 */
public record ClusterImage(
        String clusterId,
        long version,
        int controllerEpoch,
        PSortedMap<Integer, BrokerImage> brokers,
        PSortedMap<String, TopicImage> topics,
        PMap<TopicId, TopicDeletion> deletedTopics,
        long nextProducerId,
        Quotas quotas,
        TopicAssembly assembly) {
    /** The picture of a cluster in which nothing has happened yet. */
    public static ClusterImage empty(String clusterId) {
        return new ClusterImage(
                clusterId,
                0,
                0,
                TreePMap.empty(),
                TreePMap.empty(),
                HashTreePMap.empty(),
                0,
                Quotas.NONE,
                TopicAssembly.EMPTY);
    }

    /** The complete topic of that name. */
    public Optional<TopicImage> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    /** The complete topic of that id. */
    public Optional<TopicImage> topic(TopicId id) {
        return assembly.topic(id)
                .flatMap(topic -> topic(topic.name()))
                .filter(image -> image.topicId().equals(id));
    }

    /** A partition of a complete topic. */
    public Optional<PartitionImage> partition(TopicPartition partition) {
        return topic(partition.topic()).flatMap(topic -> topic.partition(partition.partition()));
    }

    /** The picture after a delta, which must be the next one. */
    public ClusterImage apply(ClusterDelta delta) {
        if (delta.version() != version + 1) {
            throw new IllegalArgumentException(
                    "A picture of version " + version + " takes delta " + (version + 1) + ", not " + delta.version());
        }
        PSortedMap<Integer, BrokerImage> nextBrokers = brokers;
        PMap<TopicId, TopicDeletion> nextDeleted = deletedTopics;
        long nextProducer = nextProducerId;
        Quotas nextQuotas = quotas;
        TopicAssembly nextAssembly = assembly;
        Set<TopicId> touched = new LinkedHashSet<>();
        for (MetadataChange change : delta.changes()) {
            switch (change.key()) {
                case MetadataKey.Broker(int id) ->
                    nextBrokers = change instanceof MetadataChange.Put(BrokerImage broker)
                            ? nextBrokers.plus(id, broker)
                            : nextBrokers.minus(id);
                case MetadataKey.DeletedTopic(TopicId id) -> {
                    nextDeleted = change instanceof MetadataChange.Put(TopicDeletion tombstone)
                            ? nextDeleted.plus(id, tombstone)
                            : nextDeleted.minus(id);
                    touched.add(id);
                }
                case MetadataKey.ProducerIds() ->
                    nextProducer = change instanceof MetadataChange.Put(ProducerIdsRecord ids) ? ids.nextId() : 0;
                case MetadataKey.Quota ignored -> nextQuotas = nextQuotas.with(change);
                case MetadataKey.Topic(TopicId id) -> {
                    nextAssembly = nextAssembly.with(change);
                    touched.add(id);
                }
                case MetadataKey.Partition(TopicId id, int ignored) -> {
                    nextAssembly = nextAssembly.with(change);
                    touched.add(id);
                }
            }
        }
        return new ClusterImage(
                clusterId,
                delta.version(),
                delta.controllerEpoch(),
                nextBrokers,
                reassemble(nextAssembly, nextDeleted, touched),
                nextDeleted,
                nextProducer,
                nextQuotas,
                nextAssembly);
    }

    /** Takes the touched topics out first, as one of them may have the name of another before it. */
    private PSortedMap<String, TopicImage> reassemble(
            TopicAssembly parts, PMap<TopicId, TopicDeletion> deleted, Set<TopicId> touched) {
        PSortedMap<String, TopicImage> next = topics;
        for (TopicId id : touched) {
            Optional<TopicImage> before = topic(id);
            next = before.isPresent() ? next.minus(before.get().name()) : next;
        }
        for (TopicId id : touched) {
            Optional<TopicImage> after = deleted.containsKey(id) ? Optional.empty() : parts.assemble(id);
            next = after.isPresent() ? next.plus(after.get().name(), after.get()) : next;
        }
        return next;
    }
}
