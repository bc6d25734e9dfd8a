package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a suite asks of a {@link BrokerApi}, in one line each. */
public abstract class BrokerApiQuestions {
    protected static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    protected static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);
    protected static final Duration LONG = Duration.ofSeconds(20);
    protected static final Duration SHORT = Duration.ofMillis(30);
    protected static final int MUCH = 1 << 20;

    /** The broker under test. */
    protected abstract BrokerApi broker();

    /** Creates a topic and returns when the broker serves it. */
    protected abstract void createTopic(String name, int partitions, Map<String, String> configs);

    /** The result of the future; lets time pass until it is there, 30 seconds at most. */
    protected abstract <T> T await(CompletableFuture<T> future);

    /** Lets the broker do what it can do without time passing. */
    protected abstract void settle();

    protected Outcome<Appended> append(TopicPartition partition, String... values) {
        return append(partition, SmallBatches.of(1000, values));
    }

    protected Outcome<Appended> append(TopicPartition partition, ByteBuffer batch) {
        return only(await(broker().append(new AppendRequest(List.of(part(partition, batch)), Acks.ALL, LONG))));
    }

    protected Outcome<Fetched> fetchNow(TopicPartition partition, long offset) {
        return only(await(broker().fetch(fetching(0, Duration.ZERO, fetchPart(partition, offset, MUCH)))));
    }

    protected FoundOffset find(TopicPartition partition, Target target) {
        var part = new ListOffsetsRequest.Part(partition, AppendRequest.ANY_EPOCH, target);
        return done(only(
                await(broker().listOffsets(new ListOffsetsRequest(List.of(part), IsolationLevel.READ_UNCOMMITTED)))));
    }

    protected Outcome<PartitionStatus> delete(TopicPartition partition, long before) {
        return only(await(broker().deleteRecords(
                        new DeleteRecordsRequest(List.of(new DeleteRecordsRequest.Part(partition, before))))));
    }

    protected PartitionStatus status(TopicPartition partition) {
        return done(only(await(broker().describe(new DescribePartitionsRequest(List.of(partition))))));
    }

    protected Outcome<List<ActiveProducer>> producers(TopicPartition partition, int producersMax) {
        return only(await(broker().describeProducers(new DescribeProducersRequest(List.of(partition), producersMax))));
    }

    protected static AppendRequest.Part part(TopicPartition partition, ByteBuffer batch) {
        return new AppendRequest.Part(partition, AppendRequest.ANY_EPOCH, batch);
    }

    protected static FetchRequest.Part fetchPart(TopicPartition partition, long offset, int maxBytes) {
        return new FetchRequest.Part(partition, AppendRequest.ANY_EPOCH, offset, maxBytes);
    }

    protected static FetchRequest fetching(int minBytes, Duration maxWait, FetchRequest.Part... parts) {
        return new FetchRequest(List.of(parts), minBytes, MUCH, maxWait, IsolationLevel.READ_UNCOMMITTED);
    }

    protected static List<String> valuesIn(Fetched fetched) {
        try {
            return SmallBatches.valuesIn(fetched.records().read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }

    protected static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError("Refused: " + refusal);
        };
    }

    protected static Refusal refusal(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("Not refused: " + done);
            case Outcome.Refused<?>(Refusal refusal) -> refusal;
        };
    }
}
