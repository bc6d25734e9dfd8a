package io.millrace.simulation.workload;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.TopicPartition;
import io.millrace.history.HistoryRecorder;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all users of a run share: the cluster, the partitions, and the record of what they did. */
final class Users {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SimCluster cluster;
    private final HistoryRecorder recorder;
    private final Map<TopicPartition, Integer> partitions = new LinkedHashMap<>();
    private final Set<Long> producerIds = new LinkedHashSet<>();

    Users(SimCluster cluster, HistoryRecorder recorder, List<TopicPartition> partitions) {
        this.cluster = cluster;
        this.recorder = recorder;
        for (TopicPartition partition : partitions) {
            this.partitions.put(partition, recorder.partition(partition.topic(), partition.partition()));
        }
    }

    HistoryRecorder recorder() {
        return recorder;
    }

    List<TopicPartition> partitions() {
        return List.copyOf(partitions.keySet());
    }

    /** The number of the partition in the record. */
    int idOf(TopicPartition partition) {
        Integer id = partitions.get(partition);
        if (id == null) {
            throw new IllegalArgumentException("Nobody uses partition " + partition);
        }
        return id;
    }

    /** The time of the world, which no clock of a machine shows. */
    long now() {
        return cluster.scheduler().now();
    }

    void count(Effect effect) {
        cluster.scheduler().effects().add(effect);
    }

    /** The brokers behind any gateway. */
    BrokerApi brokers(SimClient client, Chance chance) {
        return client.brokers(chance.pick(cluster.gateways()));
    }

    /** A producer id that some gateway hands out, and that nobody else may ever get. */
    CompletableFuture<Outcome<Long>> nextProducerId(SimClient client, Chance chance) {
        return throughAnyGateway(
                        client,
                        chance,
                        "next-producer-id",
                        16,
                        front -> front.producerIds().next(),
                        PATIENCE)
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Done<Long>(Long id) && !producerIds.add(id)) {
                        fail(new AssertionError("producer id " + id + " was given twice"));
                    }
                    return outcome;
                });
    }

    /** Asks any gateway for something, over the network. */
    <A> CompletableFuture<A> throughAnyGateway(
            SimClient client,
            Chance chance,
            String label,
            int bytes,
            Function<Front, CompletableFuture<A>> question,
            Duration patience) {
        return client.ask(chance.pick(cluster.gateways()), label, bytes, question, patience);
    }

    /** A bug of the product or of the users themselves: calls end with outcomes. */
    @Nullable
    Void fail(Throwable bug) {
        cluster.scheduler().fail("users", bug);
        return null;
    }
}
