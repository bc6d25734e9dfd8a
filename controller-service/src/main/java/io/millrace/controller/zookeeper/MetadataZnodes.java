package io.millrace.controller.zookeeper;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Change;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the facts about the cluster lie:
 *
 * <pre>
 *   /brokers/0                      {"incarnation":"...","epoch":7,"endpoints":[...],"directories":[...],"fenced":false}
 *   /topics/&lt;id&gt;                    {"name":"orders","partitions":3,"replicationFactor":1,"configs":{...}}
 *   /topics/&lt;id&gt;/partitions/2       {"replicas":[0],"inSync":[0],"leader":0,"leaderEpoch":1,"partitionEpoch":4}
 *   /deleted-topics/&lt;id&gt;            {"name":"orders","partitions":3,"deletedAtMillis":1767225600000}
 *   /producer-ids/next              {"nextId":2000}
 *   /quotas/users/alice/clients/app {"limits":{"producer_byte_rate":1048576,"request_percentage":12.5}}
 * </pre>
 *
 * <p>What is seldom there is written only when it is there: {@code directories} of a broker that lists them, and of a partition
 * {@code "eligible":[2]}, {@code "committedFloor":17} and
 * {@code "reassignment":{"adding":[3],"removing":[0],"bytesPerSecond":1000000}}, without a limit when there is none. Where else quotas lie is
 * with {@link QuotaPaths}.
 */
public final class MetadataZnodes implements ZnodeLayout<MetadataKey, MetadataRecord> {
    private static final String BROKERS = "/brokers";
    private static final String TOPICS = "/topics";
    private static final String PARTITIONS = "/partitions/";
    private static final String DELETED_TOPICS = "/deleted-topics";
    private static final String PRODUCER_IDS = "/producer-ids";
    private static final String QUOTAS = "/quotas";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(present -> present.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public List<String> directories() {
        return List.of(BROKERS, TOPICS, DELETED_TOPICS, PRODUCER_IDS, QUOTAS);
    }

    @Override
    public String path(MetadataKey key) {
        return switch (key) {
            case MetadataKey.Broker(int brokerId) -> BROKERS + "/" + brokerId;
            case MetadataKey.Topic(TopicId id) -> TOPICS + "/" + id;
            case MetadataKey.Partition(TopicId id, int partition) -> TOPICS + "/" + id + PARTITIONS + partition;
            case MetadataKey.DeletedTopic(TopicId id) -> DELETED_TOPICS + "/" + id;
            case MetadataKey.ProducerIds() -> PRODUCER_IDS + "/next";
            case MetadataKey.Quota(QuotaEntity entity) -> QUOTAS + "/" + QuotaPaths.path(entity);
        };
    }

    @Override
    public String encode(MetadataRecord fact) {
        return JSON.writeValueAsString(
                switch (fact) {
                    case BrokerImage broker ->
                        new BrokerJson(
                                broker.incarnation(),
                                broker.brokerEpoch(),
                                broker.rack(),
                                broker.endpoints(),
                                nullIfEmpty(broker.directoryIds()),
                                broker.fenced());
                    case TopicRecord topic ->
                        new TopicJson(topic.name(), topic.partitionCount(), topic.replicationFactor(), topic.configs());
                    case PartitionImage partition ->
                        new PartitionJson(
                                partition.replicas(),
                                partition.inSyncReplicas(),
                                nullIfEmpty(partition.eligibleReplicas()),
                                partition.leader(),
                                partition.leaderEpoch(),
                                partition.partitionEpoch(),
                                partition.committedFloor() == 0 ? null : partition.committedFloor(),
                                ReassignmentJson.of(partition.reassignment()));
                    case TopicDeletion deletion ->
                        new DeletionJson(deletion.name(), deletion.partitionCount(), deletion.deletedAtMillis());
                    case ProducerIdsRecord ids -> new ProducerIdsJson(ids.nextId());
                    case QuotaRecord quota -> QuotaJson.of(quota);
                });
    }

    @Override
    public Change.Put<MetadataKey, MetadataRecord> decode(String path, String text) {
        try {
            MetadataRecord fact = factAt(path, text);
            return new Change.Put<>(fact.key(), fact);
        } catch (JacksonException | IllegalArgumentException | NullPointerException damage) {
            throw new IllegalArgumentException("The znode " + path + " does not hold what belongs there", damage);
        }
    }

    private static MetadataRecord factAt(String path, String text) {
        String[] names = path.split("/", -1); // the path begins with a slash, so the first name is empty
        return switch (names) {
            case String[] n
            when n.length == 3 && path.startsWith(BROKERS + "/") ->
                JSON.readValue(text, BrokerJson.class).fact(Integer.parseInt(n[2]));
            case String[] n
            when n.length == 3 && path.startsWith(TOPICS + "/") ->
                JSON.readValue(text, TopicJson.class).fact(TopicId.parse(n[2]));
            case String[] n
            when n.length == 5 && path.startsWith(TOPICS + "/") && path.contains(PARTITIONS) ->
                JSON.readValue(text, PartitionJson.class).fact(TopicId.parse(n[2]), Integer.parseInt(n[4]));
            case String[] n
            when n.length == 3 && path.startsWith(DELETED_TOPICS + "/") ->
                JSON.readValue(text, DeletionJson.class).fact(TopicId.parse(n[2]));
            case String[] n
            when n.length == 3 && path.equals(PRODUCER_IDS + "/next") ->
                JSON.readValue(text, ProducerIdsJson.class).fact();
            case String[] ignored
            when path.startsWith(QUOTAS + "/") ->
                JSON.readValue(text, QuotaJson.class).fact(QuotaPaths.entity(path.substring(QUOTAS.length() + 1)));
            default -> throw new IllegalArgumentException("Nothing belongs at " + path);
        };
    }

    private static <T> @Nullable List<T> nullIfEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static <T> List<T> emptyIfNull(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private record BrokerJson(
            UUID incarnation,
            long epoch,
            @Nullable String rack,
            List<Endpoint> endpoints,
            @Nullable List<UUID> directories,
            boolean fenced) {
        BrokerImage fact(int brokerId) {
            return new BrokerImage(brokerId, incarnation, epoch, rack, endpoints, emptyIfNull(directories), fenced);
        }
    }

    private record TopicJson(String name, int partitions, int replicationFactor, Map<String, String> configs) {
        TopicRecord fact(TopicId id) {
            return new TopicRecord(id, name, partitions, replicationFactor, configs);
        }
    }

    private record PartitionJson(
            List<Integer> replicas,
            List<Integer> inSync,
            @Nullable List<Integer> eligible,
            int leader,
            int leaderEpoch,
            int partitionEpoch,
            @Nullable Long committedFloor,
            @Nullable ReassignmentJson reassignment) {
        PartitionImage fact(TopicId id, int partition) {
            return new PartitionImage(
                    id,
                    partition,
                    replicas,
                    inSync,
                    emptyIfNull(eligible),
                    leader,
                    leaderEpoch,
                    partitionEpoch,
                    committedFloor == null ? 0 : committedFloor,
                    reassignment == null ? null : reassignment.fact());
        }
    }

    private record ReassignmentJson(
            @Nullable List<Integer> adding,
            @Nullable List<Integer> removing,
            @Nullable Long bytesPerSecond) {
        static @Nullable ReassignmentJson of(@Nullable Reassignment underWay) {
            return underWay == null
                    ? null
                    : new ReassignmentJson(
                            underWay.adding(),
                            underWay.removing(),
                            underWay.bytesPerSecond() == Reassignment.UNLIMITED ? null : underWay.bytesPerSecond());
        }

        Reassignment fact() {
            return new Reassignment(
                    emptyIfNull(adding),
                    emptyIfNull(removing),
                    bytesPerSecond == null ? Reassignment.UNLIMITED : bytesPerSecond);
        }
    }

    private record ProducerIdsJson(long nextId) {
        ProducerIdsRecord fact() {
            return new ProducerIdsRecord(nextId);
        }
    }

    private record QuotaJson(SortedMap<String, Number> limits) {
        /** Beyond that a whole number may have been another before it was a double: 2^53. */
        private static final double WHOLE_MAX = 1L << 53;

        static QuotaJson of(QuotaRecord quota) {
            SortedMap<String, Number> limits = new TreeMap<>();
            quota.limits().forEach((kind, limit) -> limits.put(kind.configName(), number(limit)));
            return new QuotaJson(limits);
        }

        QuotaRecord fact(QuotaEntity entity) {
            SortedMap<QuotaKind, Double> found = new TreeMap<>();
            limits.forEach((name, limit) -> found.put(kind(name), limit.doubleValue()));
            QuotaRules.problemOf(entity, found, Collections.emptySortedSet()).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return new QuotaRecord(entity, found);
        }

        private static QuotaKind kind(String name) {
            return QuotaKind.named(name).orElseThrow(() -> new IllegalArgumentException(QuotaKind.noneNamed(name)));
        }

        /** Without an exponent or a fraction where neither is needed. */
        private static Number number(double limit) {
            return limit == Math.rint(limit) && limit <= WHOLE_MAX ? (Number) (long) limit : (Number) limit;
        }
    }

    private record DeletionJson(String name, int partitions, long deletedAtMillis) {
        TopicDeletion fact(TopicId id) {
            return new TopicDeletion(id, name, partitions, deletedAtMillis);
        }
    }
}
