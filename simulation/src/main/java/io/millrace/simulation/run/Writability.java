package io.millrace.simulation.run;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.cluster.SimCluster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes to every partition all the time, and demands that each takes a write once everything is healed. */
public final class Writability implements Proof {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int BATCH_BYTES_MAX = 256;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Set<TopicPartition> toBeTaken = new LinkedHashSet<>();
    private @Nullable SimCluster cluster;
    private @Nullable SimClient client;
    private boolean healed;
    private long taken;
    private int next;

    public Writability(List<TopicPlan> topics) {
        for (TopicPlan topic : topics) {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        }
    }

    @Override
    public void begin(SimCluster of) {
        cluster = of;
        client = of.client("writer");
    }

    @Override
    public void ready() {
        partitions.forEach(this::write);
    }

    @Override
    public void healed() {
        healed = true;
        toBeTaken.addAll(partitions);
    }

    @Override
    public boolean converged() {
        return toBeTaken.isEmpty();
    }

    @Override
    public String missing() {
        return "writes to " + toBeTaken;
    }

    /** How many writes were acknowledged. */
    public long taken() {
        return taken;
    }

    private void write(TopicPartition partition) {
        SimClient writer = Objects.requireNonNull(client);
        SimCluster whole = Objects.requireNonNull(cluster);
        int gateway = next++ % whole.gateways().size();
        AppendRequest request = new AppendRequest(
                List.of(new AppendRequest.Part(partition, AppendRequest.ANY_EPOCH, batch(writer))), Acks.ALL, TIMEOUT);
        var _ = writer.brokers(whole.gateways().get(gateway)).append(request).whenComplete((outcomes, _) -> {
            boolean done = outcomes != null && outcomes.getFirst() instanceof Outcome.Done<Appended>;
            if (done) {
                taken++;
            }
            if (done && healed) {
                toBeTaken.remove(partition);
            }
            writer.loop().schedule(PAUSE, () -> write(partition));
        });
    }

    private static ByteBuffer batch(SimClient writer) {
        BatchBuilder batch = new BatchBuilder(Compression.NONE, BATCH_BYTES_MAX);
        ByteBuffer value = ByteBuffer.wrap("written to see whether it can be".getBytes(StandardCharsets.UTF_8));
        batch.append(writer.clock().wallMillis(), null, value, List.of());
        return batch.build();
    }
}
