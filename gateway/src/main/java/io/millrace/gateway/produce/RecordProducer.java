package io.millrace.gateway.produce;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.Partitioner;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Appends records for clients of any protocol. Partitions are chosen and sizes checked on the caller's thread; from there
 * on each partition belongs to one of the loops. Safe for any thread.
 */
public final class RecordProducer {
    /** What a record under way takes in memory besides its bytes: the objects around it. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    private final ProducerEnvironment environment;
    private final Partitioner partitioner;
    private final List<PartitionLanes> lanes;
    private final InFlightBytes inFlight;

    /**
     * Starts without anything under way.
     *
     * @param loops one or more, on which nothing blocks; partitions are spread over them
     */
    public RecordProducer(ProducerEnvironment environment, Partitioner partitioner, List<EventLoop> loops) {
        this.environment = environment;
        this.partitioner = partitioner;
        this.lanes = loops.stream()
                .map(loop -> new PartitionLanes(loop, environment))
                .toList();
        this.inFlight =
                new InFlightBytes(loops.getFirst(), environment.options().inFlightBytesMax());
    }

    /**
     * Appends the records, each to the partition that it names or that its key leads to. The answer has one outcome for
     * each record, in their order; records of one call to one partition keep their order there, and so do those of
     * several calls that one caller makes one after the other. Buffers must not change before the future completes.
     * When too much is under way the answer waits, and callers should; after a while it is Overloaded.
     * The future completes on a loop of the producer: continuations must be short.
     */
    public CompletableFuture<List<Outcome<Produced>>> produce(
            String topic, List<NewRecord> records, ProduceOptions options) {
        if (records.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Duration timeoutMax = environment.options().timeoutMax();
        if (!options.timeout().isPositive() || options.timeout().compareTo(timeoutMax) > 0) {
            return refuseAll(
                    records,
                    new Refusal.InvalidRequest("A timeout of "
                            + options.timeout().toMillis() + " ms is impossible; it is more than 0 and at most "
                            + timeoutMax.toMillis() + " ms."));
        }
        if (options.identity().isPresent() && options.acks() != Acks.ALL) {
            return refuseAll(records, new Refusal.InvalidRequest("Records that are to be stored once need acks=all."));
        }
        ClusterImage image = environment.view().image();
        Optional<TopicImage> target = image.topic(topic);
        return target.isPresent() ? produce(image, target.get(), records, options) : refuseAll(records, unknown(topic));
    }

    /** Bytes of records that are under way. */
    public long inFlightBytes() {
        return inFlight.used();
    }

    private CompletableFuture<List<Outcome<Produced>>> produce(
            ClusterImage image, TopicImage topic, List<NewRecord> records, ProduceOptions options) {
        ProduceCall call = new ProduceCall(
                records,
                options,
                environment.clock().wallMillis(),
                environment.clock().nanoTime());
        RecordRouting routing = new RecordRouting(image, topic, partitioner, options.identity());
        for (int i = 0; i < records.size(); i++) {
            Optional<Refusal> refusal = routing.route(i, records.get(i));
            if (refusal.isPresent()) {
                environment.observer().recordsRefused(1);
                call.settle(i, Outcome.refused(refusal.get()));
            }
        }
        Optional<Refusal> problem = routing.problemOfIdentity();
        if (problem.isPresent()) {
            environment.observer().recordsRefused(routing.recordCount());
            routing.refuseAll(call, problem.get());
        } else if (!routing.isEmpty()) {
            admit(call, topic.name(), routing);
        }
        return call.answer();
    }

    private void admit(ProduceCall call, String topic, RecordRouting routing) {
        long bytes = routing.bytes() + (long) RECORD_OVERHEAD_BYTES * routing.recordCount();
        if (bytes > inFlight.limit()) {
            routing.refuseAll(
                    call,
                    new Refusal.TooLarge(
                            bytes,
                            inFlight.limit(),
                            "The records of this request take " + bytes + " bytes, and this gateway holds at most "
                                    + inFlight.limit() + " at once: send fewer at a time."));
            return;
        }
        Duration waitMax = environment.options().inFlightWaitMax();
        Duration wait =
                call.options().timeout().compareTo(waitMax) < 0 ? call.options().timeout() : waitMax;
        inFlight.enter(
                bytes,
                wait,
                () -> {
                    call.whenSettled(() -> inFlight.leave(bytes));
                    send(call, topic, routing);
                },
                () -> routing.refuseAll(
                        call,
                        new Refusal.Overloaded(
                                "This gateway has as many records under way as it may hold (" + inFlight.limit()
                                        + " bytes); nothing of this request was stored.",
                                waitMax.toMillis())));
    }

    private void send(ProduceCall call, String topic, RecordRouting routing) {
        boolean[] first = {true};
        routing.runs(call).forEach((partition, run) -> {
            TopicPartition target = new TopicPartition(topic, partition);
            lanesOf(target).add(target, run, first[0]);
            first[0] = false;
        });
    }

    private PartitionLanes lanesOf(TopicPartition partition) {
        return lanes.get(Math.floorMod(partition.hashCode(), lanes.size()));
    }

    private static Refusal unknown(String topic) {
        return TopicName.problemOf(topic)
                .<Refusal>map(problem -> new Refusal.InvalidTopicName(topic, problem))
                .orElseGet(() -> new Refusal.UnknownTopic(topic));
    }

    private CompletableFuture<List<Outcome<Produced>>> refuseAll(List<NewRecord> records, Refusal refusal) {
        environment.observer().recordsRefused(records.size());
        return CompletableFuture.completedFuture(
                Collections.nCopies(records.size(), Outcome.<Produced>refused(refusal)));
    }
}
