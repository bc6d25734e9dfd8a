package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every broker does for idempotent producers (KIP-98). */
public abstract class ProducerContract extends BrokerApiQuestions {
    private static final long PRODUCER = 1L << 40;
    private static final long OTHER_PRODUCER = 7;

    @Test
    void aBatchThatIsRepeatedIsStoredOnceAndAnsweredTheSame() {
        createTopic("orders", 1, Map.of());
        Appended first = done(write(0, 0, "a", "b"));
        Appended second = done(write(0, 2, "c"));

        assertThat(done(write(0, 2, "c"))).isEqualTo(second);
        assertThat(done(write(0, 0, "a", "b"))).isEqualTo(first);
        assertThat(valuesIn(done(fetchNow(ORDERS_0, 0)))).containsExactly("a", "b", "c");
    }

    @Test
    void aRepeatedBatchHasTheTimeOfTheFirst() {
        createTopic("orders", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        Appended first = done(write(0, 0, "a"));

        assertThat(done(write(0, 0, "a"))).isEqualTo(first);
    }

    @Test
    void aGapIsRefused() {
        createTopic("orders", 1, Map.of());
        done(write(0, 0, "a"));

        assertThat(refusal(write(0, 2, "c"))).isInstanceOf(Refusal.OutOfOrderSequence.class);
        assertThat(done(write(0, 1, "b")).baseOffset()).isEqualTo(1);
    }

    @Test
    void whatIsRepeatedOfLongAgoIsRefusedAsThere() {
        createTopic("orders", 1, Map.of());
        for (int sequence = 0; sequence < 6; sequence++) {
            done(write(0, sequence, "a" + sequence));
        }

        assertThat(refusal(write(0, 0, "a0"))).isInstanceOf(Refusal.DuplicateSequence.class);
        assertThat(done(write(0, 1, "a1")).baseOffset()).isEqualTo(1);
    }

    @Test
    void anEpochThatIsOverIsRefused() {
        createTopic("orders", 1, Map.of());
        done(write(3, 0, "a"));
        done(write(4, 0, "b"));

        assertThat(refusal(write(3, 1, "c"))).isInstanceOf(Refusal.InvalidProducerEpoch.class);
    }

    @Test
    void anEpochBeginsWithItsFirstSequence() {
        createTopic("orders", 1, Map.of());
        done(write(3, 0, "a"));

        assertThat(refusal(write(4, 1, "b"))).isInstanceOf(Refusal.OutOfOrderSequence.class);
    }

    @Test
    void anUnknownProducerMayBeginAnywhere() {
        createTopic("orders", 1, Map.of());

        assertThat(done(write(2, 1_000, "a")).baseOffset()).isZero();
        assertThat(done(write(2, 1_001, "b")).baseOffset()).isEqualTo(1);
    }

    @Test
    void producersAndPartitionsCountByThemselves() {
        createTopic("orders", 2, Map.of());
        done(write(0, 0, "a"));

        assertThat(done(append(ORDERS_0, SmallBatches.by(OTHER_PRODUCER, 0, 0, "b")))
                        .baseOffset())
                .isEqualTo(1);
        assertThat(done(append(ORDERS_1, SmallBatches.by(PRODUCER, 0, 0, "c"))).baseOffset())
                .isZero();
    }

    @Test
    void sequencesGoOnWithZeroBehindTheGreatest() {
        createTopic("orders", 1, Map.of());
        done(write(0, Integer.MAX_VALUE - 1, "a", "b", "c"));

        assertThat(done(write(0, 1, "d")).baseOffset()).isEqualTo(3);
        assertThat(done(write(0, Integer.MAX_VALUE - 1, "a", "b", "c")).baseOffset())
                .isZero();
    }

    @Test
    void producersAreToldWithWhatTheyWroteLast() {
        createTopic("orders", 2, Map.of());
        done(write(3, 0, "a"));
        done(append(ORDERS_0, SmallBatches.by(OTHER_PRODUCER, 0, 5, "b", "c")));
        done(write(4, 0, "d", "e"));
        done(append(ORDERS_0, "of nobody"));

        assertThat(done(producers(ORDERS_0, 2)))
                .containsExactly(
                        new ActiveProducer(OTHER_PRODUCER, (short) 0, 6, 1_000),
                        new ActiveProducer(PRODUCER, (short) 4, 1, 1_000));
        assertThat(done(producers(ORDERS_1, 2))).isEmpty();
    }

    @Test
    void moreProducersThanAreWantedAreNotToldInPart() {
        createTopic("orders", 1, Map.of());
        done(write(0, 0, "a"));
        done(append(ORDERS_0, SmallBatches.by(OTHER_PRODUCER, 0, 0, "b")));

        assertThat(refusal(producers(ORDERS_0, 1))).isInstanceOf(Refusal.InvalidRequest.class);
    }

    @Test
    void ofAPartitionThatThereIsNotNoProducersAreTold() {
        assertThat(refusal(producers(ORDERS_0, 1))).isInstanceOf(Refusal.UnknownTopic.class);
    }

    private Outcome<Appended> write(int epoch, int sequence, String... values) {
        return append(ORDERS_0, SmallBatches.by(PRODUCER, epoch, sequence, values));
    }
}
