package io.millrace.simulation.workload;

import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.Compression;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.RecordIdentity;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has gateways make batches of its records, under a key of each request, and sends the request again, through any gateway, until
 * it knows what became of it: it must be there once.
 */
final class KeyedProducerActor implements WritingUser {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE_BEFORE_RETRY_MAX = Duration.ofMillis(500);
    private static final int ATTEMPTS_MAX = 12;
    private static final int BYTES_AROUND_RECORDS = 100;

    private final Users users;
    private final SimClient client;
    private final WorkloadOptions options;
    private final Chance chance;
    private final Consumer<TopicPartition> whenTaken;
    private final int id;
    private int requests;
    private boolean over;
    private boolean busy;

    KeyedProducerActor(Users users, SimClient client, WorkloadOptions options, Consumer<TopicPartition> whenTaken) {
        this.users = users;
        this.client = client;
        this.options = options;
        this.chance = client.chance("writes");
        this.whenTaken = whenTaken;
        this.id = users.recorder().producer(client.machine().name(), Sending.IN_ORDER, Retrying.IDEMPOTENT);
    }

    /** Records have a time of their own, as what is repeated is held against the original byte for byte. */
    private record Sent(
            TopicPartition partition, List<Long> writes, long wallMillis, int paddingBytes, RecordIdentity identity) {
        /** Made anew for each attempt, as a gateway holds on to them. */
        List<NewRecord> records() {
            return writes.stream()
                    .map(write -> new NewRecord(
                            null,
                            ByteBuffer.allocate(Long.BYTES + paddingBytes).putLong(0, write),
                            List.of(),
                            OptionalInt.of(partition.partition()),
                            OptionalLong.of(wallMillis)))
                    .toList();
        }

        int bytes() {
            return writes.size() * (BYTES_AROUND_RECORDS + paddingBytes);
        }
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
        List<Long> writes = new ArrayList<>();
        int records = 1 + chance.nextInt(options.batchRecordsMax());
        for (int i = 0; i < records; i++) {
            writes.add(users.recorder().invoked(id, users.idOf(partition), Promise.DURABLE, users.now()));
        }
        RecordIdentity identity =
                RecordIdentity.of("simulation", client.machine().name() + " " + requests++);
        int paddingBytes = chance.nextInt(options.paddingBytesMax() + 1);
        send(new Sent(partition, writes, client.clock().wallMillis(), paddingBytes, identity), 1);
    }

    private void send(Sent sent, int attempt) {
        ProduceOptions once = new ProduceOptions(Acks.ALL, Compression.NONE, TIMEOUT, Optional.of(sent.identity));
        CompletableFuture<List<Outcome<Produced>>> answer = users.throughAnyGateway(
                client,
                chance,
                "produce",
                sent.bytes(),
                front -> front.producer().produce(sent.partition.topic(), sent.records(), once),
                PATIENCE);
        var _ = answer.handle((outcomes, failure) -> {
                    answered(sent, attempt, outcomes);
                    return sent;
                })
                .exceptionally(bug -> {
                    users.fail(bug);
                    return sent;
                });
    }

    /** Takes the outcomes, or null when none came. */
    private void answered(Sent sent, int attempt, @Nullable List<Outcome<Produced>> outcomes) {
        if (outcomes != null && outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Done<Produced>)) {
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Done<Produced>(Produced at)) {
                    users.recorder().acknowledged(sent.writes.get(i), at.offset(), users.now());
                }
            }
            whenTaken.accept(sent.partition);
            ended();
        } else if (attempt == 1 && outcomes != null && outcomes.stream().allMatch(KeyedProducerActor::isNotStored)) {
            sent.writes.forEach(write -> users.recorder().failed(write, users.now()));
            ended();
        } else if (attempt < ATTEMPTS_MAX) {
            client.loop()
                    .schedule(
                            chance.between(Duration.ZERO, PAUSE_BEFORE_RETRY_MAX), () -> sendAgain(sent, attempt + 1));
        } else {
            sent.writes.forEach(write -> users.recorder().unknown(write, users.now()));
            ended();
        }
    }

    private static boolean isNotStored(Outcome<Produced> outcome) {
        return outcome instanceof Outcome.Refused<Produced>(var refusal) && Refusals.saysNothingWasStored(refusal);
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
