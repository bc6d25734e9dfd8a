package io.millrace.simulation.workload;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.history.Promise;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes a batch, waits for what becomes of it, sends it again perhaps, and writes the next one. */
final class ProducerActor implements WritingUser {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PAUSE_BEFORE_RETRY_MAX = Duration.ofMillis(200);
    private static final int ATTEMPTS_MAX = 3;

    private final Users users;
    private final SimClient client;
    private final WorkloadOptions options;
    private final Chance chance;
    private final Consumer<TopicPartition> whenTaken;
    private final int id;
    private boolean over;
    private boolean busy;

    /**
     * A user on a machine of its own.
     *
     * @param whenTaken hears of each write that all in-sync replicas have; what only the leader has proves nothing of the others
     */
    ProducerActor(Users users, SimClient client, WorkloadOptions options, Consumer<TopicPartition> whenTaken) {
        this.users = users;
        this.client = client;
        this.options = options;
        this.chance = client.chance("writes");
        this.whenTaken = whenTaken;
        this.id = users.recorder().producer(client.machine().name(), Sending.IN_ORDER, Retrying.MAY_DUPLICATE);
    }

    @Override
    public void begin() {
        later();
    }

    @Override
    public void end() {
        over = true;
    }

    @Override
    public boolean isBusy() {
        return busy;
    }

    private void later() {
        client.loop().schedule(chance.between(Duration.ZERO, options.pauseMax()), this::next);
    }

    private void next() {
        if (over) {
            return;
        }
        busy = true;
        TopicPartition partition = chance.pick(users.partitions());
        Acks acks = chance.oneIn(options.leaderAcksOneIn()) ? Acks.LEADER : Acks.ALL;
        Promise promise = acks == Acks.ALL ? Promise.DURABLE : Promise.BEST_EFFORT;
        List<Long> writes = new ArrayList<>();
        int records = chance.oneIn(2) ? 1 : 1 + chance.nextInt(options.batchRecordsMax());
        for (int i = 0; i < records; i++) {
            writes.add(users.recorder().invoked(id, users.idOf(partition), promise, users.now()));
        }
        ByteBuffer batch =
                Payload.batch(client.clock().wallMillis(), writes, chance.nextInt(options.paddingBytesMax() + 1));
        send(new Sent(partition, acks, writes, batch), 1);
    }

    private record Sent(TopicPartition partition, Acks acks, List<Long> writes, ByteBuffer batch) {}

    private void send(Sent sent, int attempt) {
        AppendRequest request = new AppendRequest(
                List.of(new AppendRequest.Part(sent.partition, AppendRequest.ANY_EPOCH, sent.batch.duplicate())),
                sent.acks,
                TIMEOUT);
        var _ = users.brokers(client, chance)
                .append(request)
                .thenAccept(outcomes -> answered(sent, attempt, outcomes.getFirst()))
                .exceptionally(users::fail);
    }

    private void answered(Sent sent, int attempt, Outcome<Appended> outcome) {
        switch (outcome) {
            case Outcome.Done<Appended>(Appended appended) -> {
                for (int i = 0; i < sent.writes.size(); i++) {
                    users.recorder().acknowledged(sent.writes.get(i), appended.baseOffset() + i, users.now());
                }
                if (sent.acks == Acks.ALL) {
                    whenTaken.accept(sent.partition);
                }
                ended();
            }
            case Outcome.Refused<Appended>(Refusal refusal)
            when Refusals.saysNothingWasStored(refusal) -> {
                sent.writes.forEach(write -> users.recorder().failed(write, users.now()));
                ended();
            }
            case Outcome.Refused<Appended> unknown -> {
                if (attempt < ATTEMPTS_MAX && !over && chance.oneIn(2)) {
                    client.loop()
                            .schedule(
                                    chance.between(Duration.ZERO, PAUSE_BEFORE_RETRY_MAX),
                                    () -> sendAgain(sent, attempt + 1));
                } else {
                    sent.writes.forEach(write -> users.recorder().unknown(write, users.now()));
                    ended();
                }
            }
        }
    }

    private void sendAgain(Sent sent, int attempt) {
        sent.writes.forEach(write -> users.recorder().attemptedAgain(write));
        users.count(Effect.WRITE_REPEATED);
        send(sent, attempt);
    }

    private void ended() {
        busy = false;
        later();
    }
}
