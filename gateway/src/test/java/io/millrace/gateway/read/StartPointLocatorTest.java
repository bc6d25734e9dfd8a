package io.millrace.gateway.read;

import static io.millrace.gateway.read.ReaderWorld.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartPointLocatorTest {
    private final ReaderWorld world = new ReaderWorld();

    /** Partition 0 has offsets 2 to 4, a record an hour; partition 1 has none. */
    @BeforeEach
    void fillOrders() {
        world.createTopic("orders", 2);
        for (int i = 0; i < 5; i++) {
            world.append(0, "v" + i);
            world.pass(Duration.ofHours(1));
        }
        world.run(world.broker.deleteRecords(
                new DeleteRecordsRequest(List.of(new DeleteRecordsRequest.Part(new TopicPartition("orders", 0), 2)))));
    }

    @Test
    void earliestIsTheFirstRecordThatIsStillThere() {
        assertLocated(new StartPoint.Earliest(), 2, 0);
    }

    @Test
    void latestIsBehindTheLastRecord() {
        assertLocated(new StartPoint.Latest(), 5, 0);
    }

    @Test
    void theLastOnesAreCountedInEachPartitionAndEndAtTheStart() {
        assertLocated(new StartPoint.Last(2), 3, 0);
        assertLocated(new StartPoint.Last(Long.MAX_VALUE), 2, 0);
        assertLocated(new StartPoint.Last(0), 5, 0);
    }

    @Test
    void aTimeIsTheFirstRecordAtOrAfterItAndOtherwiseTheEnd() {
        Instant start = Instant.ofEpochMilli(ManualClock.START_WALL_MILLIS);
        assertLocated(new StartPoint.AtTime(start.plus(Duration.ofHours(3))), 3, 0);
        assertLocated(new StartPoint.AtTime(start.plus(Duration.ofDays(3))), 5, 0);
        assertLocated(new StartPoint.AtTime(Instant.MIN), 2, 0);
        assertLocated(new StartPoint.AtTime(Instant.MAX), 5, 0);
    }

    @Test
    void anAgeCountsBackFromNow() {
        assertLocated(new StartPoint.Ago(Duration.ofMinutes(90)), 4, 0);
        assertLocated(new StartPoint.Ago(Duration.ofDays(365_000_000)), 2, 0);
    }

    @Test
    void anOffsetIsTakenAsItIs() {
        assertThat(locate(0, new StartPoint.AtOffset(3))).isEqualTo(Outcome.done(new Cursor(List.of(at(0, 3)))));
        assertThat(locate(0, new StartPoint.AtOffset(5))).isEqualTo(Outcome.done(new Cursor(List.of(at(0, 5)))));
    }

    @Test
    void anOffsetOutsideThePartitionIsRefusedWithItsEdges() {
        for (long offset : List.of(0L, 1L, 6L, Long.MAX_VALUE)) {
            assertThat(locate(0, new StartPoint.AtOffset(offset)))
                    .isEqualTo(Outcome.refused(
                            new Refusal.OffsetOutOfRange(new TopicPartition("orders", 0), offset, 2, 5)));
        }
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        for (StartPoint absurd : List.of(
                new StartPoint.AtOffset(-1), new StartPoint.Last(-1), new StartPoint.Ago(Duration.ofHours(-1)))) {
            assertThat(world.locate(absurd))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class));
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThat(world.run(world.reader.locateTopics(List.of("nowhere"), new StartPoint.Earliest())))
                .isEqualTo(Outcome.refused(new Refusal.UnknownTopic("nowhere")));
        assertThat(locate(7, new StartPoint.Earliest()))
                .isEqualTo(Outcome.refused(new Refusal.UnknownPartition(new TopicPartition("orders", 7), 2)));
        assertThat(world.run(world.reader.locateTopics(List.of(), new StartPoint.Earliest())))
                .isInstanceOf(Outcome.Refused.class);
    }

    private Outcome<Cursor> locate(int partition, StartPoint start) {
        return world.run(world.reader.locate(List.of(new TopicPartition("orders", partition)), start));
    }

    private void assertLocated(StartPoint start, long offset0, long offset1) {
        assertThat(world.locate(start)).isEqualTo(Outcome.done(new Cursor(List.of(at(0, offset0), at(1, offset1)))));
    }
}
