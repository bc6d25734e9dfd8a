package io.millrace.simulation.workload;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.history.ReadRecords;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.schedule.Chance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads partitions from their beginning, on and on, one poll at a time. */
final class ConsumerActor {
    private static final Duration WAIT_MAX = Duration.ofMillis(200);
    private static final int BYTES_MAX = 2_000;

    private final Users users;
    private final SimClient client;
    private final Chance chance;
    private final Duration pauseMax;
    private final int id;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final @Nullable AfterPoll afterPoll;
    private boolean over;

    /** What a reader of one partition does that has an end. */
    interface AfterPoll {
        /** Whether it has come to its end, now that it stands here. */
        boolean isOver(long position);
    }

    /** A reader of these partitions under that name in the record. */
    ConsumerActor(
            Users users,
            SimClient client,
            int id,
            List<TopicPartition> partitions,
            Duration pauseMax,
            @Nullable AfterPoll afterPoll) {
        this.users = users;
        this.client = client;
        this.chance = client.chance("reads of " + id);
        this.id = id;
        this.partitions = List.copyOf(partitions);
        this.pauseMax = pauseMax;
        this.afterPoll = afterPoll;
        partitions.forEach(partition -> positions.put(partition, 0L));
    }

    /** Reads from now on. */
    void begin() {
        client.loop().schedule(chance.between(Duration.ZERO, pauseMax), this::next);
    }

    /** Begins nothing new. */
    void end() {
        over = true;
    }

    private void next() {
        if (over) {
            return;
        }
        TopicPartition partition = chance.pick(partitions);
        long from = positions.getOrDefault(partition, 0L);
        long invoked = users.now();
        FetchRequest request = new FetchRequest(
                List.of(new FetchRequest.Part(partition, AppendRequest.ANY_EPOCH, from, BYTES_MAX)),
                1,
                BYTES_MAX,
                WAIT_MAX,
                IsolationLevel.READ_UNCOMMITTED);
        var _ = users.brokers(client, chance)
                .fetch(request)
                .thenAccept(outcomes -> polled(partition, from, invoked, outcomes.getFirst()))
                .exceptionally(users::fail);
    }

    private void polled(TopicPartition partition, long from, long invoked, Outcome<Fetched> outcome) {
        ReadRecords read = outcome instanceof Outcome.Done<Fetched>(Fetched fetched) ? recordsOf(fetched, from) : null;
        if (read == null) {
            users.recorder().pollFailed(id, users.idOf(partition), from, invoked, users.now());
        } else {
            users.recorder().polled(id, users.idOf(partition), from, invoked, users.now(), read);
            if (read.size() > 0) {
                positions.put(partition, read.offset(read.size() - 1) + 1);
            }
        }
        over |= afterPoll != null && afterPoll.isOver(positions.getOrDefault(partition, 0L));
        begin();
    }

    private static @Nullable ReadRecords recordsOf(Fetched fetched, long from) {
        try {
            return Payload.read(fetched.records().read(), from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
