package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.model.TopicPartition;
import org.junit.jupiter.api.Test;

class LeadershipsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int DISK = 1;

    private final Leaderships leaderships = new Leaderships();

    @Test
    void the_elected_leader_may_lead_and_acknowledge() {
        leaderships.recorded(ORDERS, 5, 1, DISK);

        assertThat(leaderships.begins(ORDERS, 5, 1, DISK)).isTrue();
        assertThatCode(() -> leaderships.acknowledges(ORDERS, 5, 1, 1, DISK)).doesNotThrowAnyException();
    }

    @Test
    void two_leaders_recorded_for_one_epoch_are_found() {
        leaderships.recorded(ORDERS, 5, 1, DISK);

        assertThatThrownBy(() -> leaderships.recorded(ORDERS, 5, 2, DISK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("brokers 1 and 2 were elected in epoch 5");
    }

    @Test
    void a_leader_that_nobody_elected_is_found() {
        leaderships.recorded(ORDERS, 5, 1, DISK);

        assertThatThrownBy(() -> leaderships.begins(ORDERS, 5, 2, DISK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("for which broker 1 was elected");
        assertThatThrownBy(() -> leaderships.begins(ORDERS, 6, 1, DISK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("for which nobody was elected");
    }

    @Test
    void an_acknowledgement_in_a_later_life_without_a_new_election_is_found() {
        leaderships.recorded(ORDERS, 5, 1, DISK);
        leaderships.acknowledges(ORDERS, 5, 1, 1, DISK);

        assertThatThrownBy(() -> leaderships.acknowledges(ORDERS, 5, 1, 2, DISK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("have both taken writes in epoch 5");
    }

    @Test
    void an_acknowledgement_of_a_leader_with_another_disk_is_found() {
        leaderships.recorded(ORDERS, 5, 1, DISK);

        assertThat(leaderships.begins(ORDERS, 5, 1, DISK + 1)).isFalse();
        assertThatThrownBy(() -> leaderships.acknowledges(ORDERS, 5, 1, 2, DISK + 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lost the disk");
    }

    @Test
    void a_high_watermark_that_goes_back_is_found() {
        leaderships.exposes(ORDERS, 5, 10);

        assertThatThrownBy(() -> leaderships.exposes(ORDERS, 5, 9))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("from 10 back to 9");
    }
}
