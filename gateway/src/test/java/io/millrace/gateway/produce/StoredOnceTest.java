package io.millrace.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Acks;
import io.millrace.core.model.ProducerIdSpace;
import io.millrace.core.records.Compression;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that are to be stored once come several times. */
class StoredOnceTest {
    private static final ProduceOptions ONCE = ProduceOptions.DEFAULT.with(RecordIdentity.of("test", "order-17"));

    private final ProducerWorld world = new ProducerWorld(ProducerWorld.OPTIONS);

    @BeforeEach
    void createOrders() {
        world.createTopic("orders", 3, Map.of("max.message.bytes", "5000"));
    }

    @Test
    void whatComesAgainIsAnsweredLikeTheFirstTime() {
        List<Outcome<Produced>> first = send(ONCE, record(1, "a"), record(0, "b"), record(1, "c"));
        List<Outcome<Produced>> again = send(ONCE, record(1, "a"), record(0, "b"), record(1, "c"));

        assertThat(places(again)).isEqualTo(places(first));
        assertThat(world.valuesOf(1)).containsExactly("a", "c");
        assertThat(world.valuesOf(0)).containsExactly("b");
    }

    @Test
    void otherNamesAndOtherPartsAreOtherRecords() {
        send(ONCE, record(1, "a"));
        send(ONCE.ofPart(1), record(1, "a"));
        send(ONCE.with(RecordIdentity.of("test", "order-18")), record(1, "a"));
        send(ONCE.with(RecordIdentity.of("another", "order-17")), record(1, "a"));

        assertThat(world.valuesOf(1)).containsExactly("a", "a", "a", "a");
    }

    @Test
    void recordsWithoutAPlaceGoToTheSameOneEachTime() {
        for (int i = 0; i < 20; i++) {
            send(ProduceOptions.DEFAULT, anywhere("x".repeat(3_000))); // moves on whoever chooses by turns
            send(ONCE, anywhere("once"));
        }

        List<String> stored = IntStream.range(0, 3)
                .boxed()
                .flatMap(partition -> world.valuesOf(partition).stream())
                .filter("once"::equals)
                .toList();
        assertThat(stored).hasSize(1);
    }

    @Test
    void theyShareABatchWithNobody() {
        var _ = world.producer.produce("orders", List.of(record(1, "a")), ProduceOptions.DEFAULT);
        var _ = world.producer.produce("orders", List.of(record(1, "b"), record(1, "c")), ONCE);
        var _ = world.producer.produce("orders", List.of(record(1, "d")), ProduceOptions.DEFAULT);
        world.runAll();

        assertThat(world.batches).containsExactly(1, 2, 1);
        assertThat(world.valuesOf(1)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void twoThatAreUnderWayAtATimeAreStoredOnce() {
        var first = world.producer.produce("orders", List.of(record(1, "a")), ONCE);
        var second = world.producer.produce("orders", List.of(record(1, "a")), ONCE);
        world.runAll();

        assertThat(places(first.join())).isEqualTo(places(second.join()));
        assertThat(world.valuesOf(1)).containsExactly("a");
    }

    @Test
    void anotherNumberOfRecordsUnderTheNameIsRefused() {
        send(ONCE, record(1, "a"));

        assertThat(refusal(send(ONCE, record(1, "a"), record(1, "b"))).message())
                .contains("'order-17'");
        assertThat(world.valuesOf(1)).containsExactly("a");
    }

    @Test
    void whatDoesNotFitIntoOneBatchIsRefusedAsAWhole() {
        List<Outcome<Produced>> outcomes =
                send(ONCE, record(0, "small"), record(1, "x".repeat(3_000)), record(1, "y".repeat(3_000)));

        assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Refused<Produced>(Refusal.TooLarge why));
        assertThat(world.valuesOf(0)).isEmpty();
        assertThat(world.valuesOf(1)).isEmpty();
    }

    @Test
    void lessThanAllAcknowledgementsAreRefused() {
        ProduceOptions leader =
                new ProduceOptions(Acks.LEADER, Compression.NONE, Duration.ofSeconds(1), ONCE.identity());

        assertThat(refusal(send(leader, record(1, "a")))).isInstanceOf(Refusal.InvalidRequest.class);
    }

    @Test
    void producerIdsAreThoseThatNobodyIsGiven() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(RecordIdentity.of("test", "n" + i).stamp().producerId())
                    .isGreaterThanOrEqualTo(ProducerIdSpace.DERIVED_MIN);
        }
        assertThat(RecordIdentity.of("test", "a").stamp())
                .isEqualTo(RecordIdentity.of("test", "a").stamp());
    }

    private List<Outcome<Produced>> send(ProduceOptions options, NewRecord... records) {
        var answer = world.producer.produce("orders", Arrays.asList(records), options);
        world.runAll();
        return answer.join();
    }

    private static List<List<Long>> places(List<Outcome<Produced>> outcomes) {
        return outcomes.stream()
                .map(outcome -> switch (outcome) {
                    case Outcome.Done<Produced>(Produced at) -> List.of((long) at.partition(), at.offset());
                    case Outcome.Refused<Produced>(Refusal refusal) -> throw new AssertionError(refusal.message());
                })
                .toList();
    }

    private static Refusal refusal(List<Outcome<Produced>> outcomes) {
        return switch (outcomes.getLast()) {
            case Outcome.Done<Produced> done -> throw new AssertionError("Not refused: " + done);
            case Outcome.Refused<Produced>(Refusal refusal) -> refusal;
        };
    }

    private static NewRecord record(int partition, String value) {
        return record(OptionalInt.of(partition), value);
    }

    private static NewRecord anywhere(String value) {
        return record(OptionalInt.empty(), value);
    }

    private static NewRecord record(OptionalInt partition, String value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
        return new NewRecord(null, bytes, List.of(), partition, OptionalLong.empty());
    }
}
