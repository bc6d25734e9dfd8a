package io.millrace.core.api.twin;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One partition of an {@link InMemoryBroker}: its batches in a list. Timestamps are looked up batch by batch. */
final class TwinPartition {
    private static final String MAX_MESSAGE_BYTES_DEFAULT = "1048588";

    private final TopicPartition name;
    private final List<TwinBatch> batches = new ArrayList<>();
    private final TwinProducers producers = new TwinProducers();
    private int maxMessageBytes;
    private boolean logAppendTime;
    private int leaderEpoch;
    private long logStart;
    private long logEnd;

    TwinPartition(TopicPartition name) {
        this.name = name;
    }

    void configure(Map<String, String> configs) {
        maxMessageBytes = Integer.parseInt(configs.getOrDefault("max.message.bytes", MAX_MESSAGE_BYTES_DEFAULT));
        logAppendTime = "LogAppendTime".equals(configs.get("message.timestamp.type"));
    }

    void setLeaderEpoch(int leaderEpoch) {
        this.leaderEpoch = leaderEpoch;
    }

    <T> Outcome<T> withEpoch(int expected, Supplier<Outcome<T>> work) {
        if (expected == AppendRequest.ANY_EPOCH || expected == leaderEpoch) {
            return work.get();
        }
        return Outcome.refused(new Refusal.StaleEpoch(
                "Partition " + name + " has leader epoch " + leaderEpoch + "; the request names " + expected + "."));
    }

    Outcome<Appended> append(ByteBuffer bytes, long nowMillis) {
        if (bytes.remaining() > maxMessageBytes) {
            return Outcome.refused(new Refusal.TooLarge(
                    bytes.remaining(),
                    maxMessageBytes,
                    "The batch has " + bytes.remaining() + " bytes; max.message.bytes of topic '" + name.topic()
                            + "' is " + maxMessageBytes + "."));
        }
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        TwinBatch batch = new TwinBatch(copy);
        if (!batch.isWhole()) {
            return Outcome.refused(new Refusal.CorruptBatch("The batch's length, magic or CRC does not hold."));
        }
        Optional<TwinBatch> original = producers.original(batch);
        if (original.isPresent()) {
            return Outcome.done(appended(original.get()));
        }
        Optional<Refusal> problem = producers.problemOf(batch);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        batch.assign(logEnd, leaderEpoch);
        if (logAppendTime) {
            batch.stamp(nowMillis);
        }
        batches.add(batch);
        producers.note(batch);
        logEnd = batch.lastOffset() + 1;
        return Outcome.done(appended(batch));
    }

    private Appended appended(TwinBatch batch) {
        return new Appended(
                batch.baseOffset(), batch.lastOffset(), logAppendTime ? batch.maxTimestamp() : -1, logStart);
    }

    /** Batches from the one that holds the offset on: the first whole, then as many whole ones as fit. */
    Outcome<Fetched> read(long offset, int maxBytes) {
        if (offset < logStart || offset > logEnd) {
            return Outcome.refused(new Refusal.OffsetOutOfRange(name, offset, logStart, logEnd));
        }
        List<ByteBuffer> found = new ArrayList<>();
        long left = maxBytes;
        for (TwinBatch batch : batches) {
            if (batch.lastOffset() < offset) {
                continue;
            }
            if (!found.isEmpty() && batch.sizeInBytes() > left) {
                break;
            }
            found.add(batch.bytes());
            left -= batch.sizeInBytes();
        }
        return Outcome.done(new Fetched(new MemorySlice(found), logStart, logEnd, logEnd));
    }

    FoundOffset find(ListOffsetsRequest.Target target) {
        return switch (target) {
            case ListOffsetsRequest.Target.Earliest() -> new FoundOffset(logStart, -1, leaderEpoch);
            case ListOffsetsRequest.Target.Latest() -> new FoundOffset(logEnd, -1, leaderEpoch);
            case ListOffsetsRequest.Target.MaxTimestamp() ->
                batches.stream()
                        .max(Comparator.comparingLong(TwinBatch::maxTimestamp))
                        .map(batch -> found(batch, batch.lastOffset()))
                        .orElse(NOT_FOUND);
            case ListOffsetsRequest.Target.AtTimestamp(long millis) -> first(batch -> batch.maxTimestamp() >= millis);
            case ListOffsetsRequest.Target.EndOfEpoch(int epoch) -> endOf(epoch);
        };
    }

    private FoundOffset endOf(int epoch) {
        FoundOffset end = new FoundOffset(logStart, -1, epoch);
        for (TwinBatch batch : batches) {
            if (batch.leaderEpoch() <= epoch) {
                end = new FoundOffset(batch.lastOffset() + 1, -1, batch.leaderEpoch());
            }
        }
        return end;
    }

    private FoundOffset first(Predicate<TwinBatch> wanted) {
        return batches.stream()
                .filter(wanted)
                .findFirst()
                .map(batch -> found(batch, batch.baseOffset()))
                .orElse(NOT_FOUND);
    }

    private static FoundOffset found(TwinBatch batch, long offset) {
        return new FoundOffset(offset, batch.maxTimestamp(), batch.leaderEpoch());
    }

    Outcome<PartitionStatus> deleteBefore(long offset) {
        long target = offset == DeleteRecordsRequest.HIGH_WATERMARK ? logEnd : offset;
        if (target < 0 || target > logEnd) {
            return Outcome.refused(new Refusal.OffsetOutOfRange(name, offset, logStart, logEnd));
        }
        logStart = Math.max(logStart, target);
        batches.removeIf(batch -> batch.lastOffset() < logStart);
        return Outcome.done(status());
    }

    PartitionStatus status() {
        long bytes = batches.stream().mapToLong(TwinBatch::sizeInBytes).sum();
        return new PartitionStatus(logStart, logEnd, logEnd, logEnd, bytes);
    }

    Outcome<List<ActiveProducer>> activeProducers(int producersMax) {
        List<ActiveProducer> active = producers.active();
        return active.size() > producersMax
                ? Outcome.refused(
                        new Refusal.InvalidRequest("Partition " + name + " knows " + active.size() + " producers."))
                : Outcome.done(active);
    }

    HeldReplica held() {
        return new HeldReplica(name, status().sizeBytes(), 0);
    }

    private static final FoundOffset NOT_FOUND = new FoundOffset(-1, -1, -1);
}
