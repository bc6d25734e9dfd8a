package io.millrace.simulation.workload;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.ProducerStamp;
import io.millrace.history.Promise;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a batch with a sequence number, and sends it again, through any gateway, until it knows what became of it: it must be
 * there once. When it gives up it does not know its sequence any more, and goes on as another producer.
 */
final class IdempotentProducerActor implements WritingUser {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PAUSE_BEFORE_RETRY_MAX = Duration.ofMillis(500);
    private static final Duration PAUSE_BEFORE_NEXT_ID = Duration.ofMillis(500);
    private static final int ATTEMPTS_MAX = 12;
    private static final short EPOCH = 0;

    private final Users users;
    private final SimClient client;
    private final WorkloadOptions options;
    private final Chance chance;
    private final Consumer<TopicPartition> whenTaken;
    private Identity identity;
    private boolean over;
    private boolean busy;

    IdempotentProducerActor(
            Users users, SimClient client, WorkloadOptions options, Consumer<TopicPartition> whenTaken) {
        this.users = users;
        this.client = client;
        this.options = options;
        this.chance = client.chance("writes");
        this.whenTaken = whenTaken;
        this.identity = new Identity(Identity.NONE, -1);
    }

    /** Who it is at the moment, and how far it is in each partition. */
    private static final class Identity {
        static final long NONE = -1;

        final long producerId;
        final int recordedAs;
        final Map<TopicPartition, Integer> nextSequence = new LinkedHashMap<>();

        Identity(long producerId, int recordedAs) {
            this.producerId = producerId;
            this.recordedAs = recordedAs;
        }

        int sequence(TopicPartition partition) {
            return nextSequence.getOrDefault(partition, 0);
        }
    }

    private record Sent(TopicPartition partition, List<Long> writes, ByteBuffer batch) {}

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
        if (identity.producerId == Identity.NONE) {
            askForId();
        } else {
            write();
        }
    }

    private void askForId() {
        var _ = users.nextProducerId(client, chance).handle((outcome, failure) -> {
            if (failure == null && outcome instanceof Outcome.Done<Long>(Long producerId)) {
                String name = client.machine().name() + " as " + producerId;
                identity = new Identity(
                        producerId, users.recorder().producer(name, Sending.IN_ORDER, Retrying.IDEMPOTENT));
                later();
            } else {
                client.loop().schedule(PAUSE_BEFORE_NEXT_ID, this::next);
            }
            return null;
        });
    }

    private void write() {
        busy = true;
        TopicPartition partition = chance.pick(users.partitions());
        List<Long> writes = new ArrayList<>();
        int records = 1 + chance.nextInt(options.batchRecordsMax());
        for (int i = 0; i < records; i++) {
            writes.add(
                    users.recorder().invoked(identity.recordedAs, users.idOf(partition), Promise.DURABLE, users.now()));
        }
        ProducerStamp stamp = new ProducerStamp(identity.producerId, EPOCH, identity.sequence(partition), false);
        ByteBuffer batch = Payload.batch(
                client.clock().wallMillis(), writes, chance.nextInt(options.paddingBytesMax() + 1), stamp);
        send(new Sent(partition, writes, batch), 1);
    }

    private void send(Sent sent, int attempt) {
        AppendRequest request = new AppendRequest(
                List.of(new AppendRequest.Part(sent.partition, AppendRequest.ANY_EPOCH, sent.batch.duplicate())),
                Acks.ALL,
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
                identity.nextSequence.merge(sent.partition, sent.writes.size(), Integer::sum);
                whenTaken.accept(sent.partition);
                ended();
            }
            case Outcome.Refused<Appended>(Refusal refusal)
            when attempt == 1 && Refusals.saysNothingWasStored(refusal) -> {
                // Nobody has seen the sequence, so the next batch has it.
                sent.writes.forEach(write -> users.recorder().failed(write, users.now()));
                ended();
            }
            case Outcome.Refused<Appended>(Refusal refusal) -> {
                Refusals.saysNothingWasStored(
                        refusal); // of an earlier attempt nothing is known; throws when it is none of these
                if (attempt < ATTEMPTS_MAX) {
                    client.loop()
                            .schedule(
                                    chance.between(Duration.ZERO, PAUSE_BEFORE_RETRY_MAX),
                                    () -> sendAgain(sent, attempt + 1));
                } else {
                    sent.writes.forEach(write -> users.recorder().unknown(write, users.now()));
                    identity = new Identity(Identity.NONE, -1);
                    ended();
                }
            }
        }
    }

    private void sendAgain(Sent sent, int attempt) {
        sent.writes.forEach(write -> users.recorder().attemptedAgain(write));
        users.count(Effect.IDEMPOTENT_WRITE_REPEATED);
        send(sent, attempt);
    }

    private void ended() {
        busy = false;
        later();
    }
}
