package io.millrace.simulation.workload;

import io.millrace.core.model.TopicPartition;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.check.CheckOptions;
import io.millrace.history.check.HistoryChecker;
import io.millrace.history.check.Verdict;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.run.Proof;
import io.millrace.simulation.run.TopicPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Users that write and read while things go wrong. Once everything has come right each partition must take a write, then all of
 * it is read, and what users were told is judged.
 */
public final class Workload implements Proof {
    private final WorkloadOptions options;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final List<WritingUser> producers = new ArrayList<>();
    private final List<ConsumerActor> consumers = new ArrayList<>();
    private final List<FinalRead> finalReads = new ArrayList<>();
    private final Set<TopicPartition> toBeTaken = new LinkedHashSet<>();
    private boolean healed;
    private @Nullable Verdict verdict;

    public Workload(List<TopicPlan> topics, WorkloadOptions options) {
        this.options = options;
        for (TopicPlan topic : topics) {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        }
    }

    @Override
    public void begin(SimCluster cluster) {
        Users users = new Users(cluster, recorder, partitions);
        for (int i = 0; i < options.producers(); i++) {
            producers.add(new ProducerActor(users, cluster.client("producer-" + i), options, this::taken));
        }
        for (int i = 0; i < options.idempotentProducers(); i++) {
            producers.add(new IdempotentProducerActor(
                    users, cluster.client("idempotent-producer-" + i), options, this::taken));
        }
        if (options.idempotentProducers() > 0) {
            producers.add(new KeyedProducerActor(users, cluster.client("keyed-producer"), options, this::taken));
        }
        for (int i = 0; i < options.consumers(); i++) {
            int id = recorder.consumer("consumer-" + i);
            consumers.add(new ConsumerActor(
                    users, cluster.client("consumer-" + i), id, partitions, options.pauseMax(), null));
        }
        for (TopicPartition partition : partitions) {
            finalReads.add(new FinalRead(users, cluster.client("final reader of " + partition), partition));
        }
    }

    @Override
    public void ready() {
        producers.forEach(WritingUser::begin);
        consumers.forEach(ConsumerActor::begin);
    }

    @Override
    public void healed() {
        healed = true;
        toBeTaken.addAll(partitions);
    }

    private void taken(TopicPartition partition) {
        if (healed) {
            toBeTaken.remove(partition);
        }
    }

    @Override
    public boolean converged() {
        return toBeTaken.isEmpty();
    }

    @Override
    public String missing() {
        if (!toBeTaken.isEmpty()) {
            return "writes to " + toBeTaken;
        }
        return "final reads of "
                + finalReads.stream()
                        .filter(read -> !read.isDone())
                        .map(FinalRead::partition)
                        .toList();
    }

    @Override
    public void settled() {
        producers.forEach(WritingUser::end);
        consumers.forEach(ConsumerActor::end);
    }

    /** The final reads begin when the last write has had its answer. */
    @Override
    public boolean finished() {
        if (producers.stream().anyMatch(WritingUser::isBusy)) {
            return false;
        }
        finalReads.forEach(FinalRead::begin);
        return finalReads.stream().allMatch(FinalRead::isDone);
    }

    @Override
    public void end() {
        Verdict judged = new HistoryChecker(CheckOptions.standard()).check(recorder.finish());
        verdict = judged;
        if (judged instanceof Verdict.Invalid invalid) {
            throw new AssertionError(invalid.describe());
        }
    }

    /** What the history proves; only after the end. */
    public Verdict verdict() {
        return Objects.requireNonNull(verdict, "the run has not come to its end");
    }
}
