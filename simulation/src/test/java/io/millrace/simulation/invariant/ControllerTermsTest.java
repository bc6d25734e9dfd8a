package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.statemachine.LogMember;
import io.millrace.simulation.store.EpochRecord;
import org.junit.jupiter.api.Test;

class ControllerTermsTest {
    private static final LogMember FIRST = new LogMember("controller-0", "controller-0", 9093);
    private static final LogMember SECOND = new LogMember("controller-1", "controller-1", 9093);

    private final ControllerTerms terms = new ControllerTerms();

    @Test
    void one_controller_after_the_other_may_write() {
        assertThatCode(() -> {
                    terms.wrote(new EpochRecord(FIRST, 1, 1, 1), "controller-0");
                    terms.wrote(new EpochRecord(FIRST, 1, 2, 2), "controller-0");
                    terms.wrote(new EpochRecord(SECOND, 2, 3, 3), "controller-1");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void a_write_of_a_deposed_controller_is_found() {
        terms.wrote(new EpochRecord(SECOND, 2, 3, 3), "controller-1");

        assertThatThrownBy(() -> terms.wrote(new EpochRecord(SECOND, 2, 4, 4), "controller-0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("controller-0 has written to the store");
    }

    @Test
    void a_write_in_an_epoch_that_is_over_is_found() {
        terms.wrote(new EpochRecord(SECOND, 2, 3, 3), "controller-1");

        assertThatThrownBy(() -> terms.wrote(new EpochRecord(FIRST, 1, 4, 4), "controller-0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("After epoch 2 somebody has written in epoch 1");
    }

    @Test
    void an_epoch_of_two_controllers_is_found() {
        terms.wrote(new EpochRecord(FIRST, 1, 1, 1), "controller-0");

        assertThatThrownBy(() -> terms.wrote(new EpochRecord(SECOND, 1, 2, 2), "controller-1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Epoch 1 is both");
    }

    @Test
    void a_store_that_goes_back_is_found() {
        terms.wrote(new EpochRecord(FIRST, 1, 5, 5), "controller-0");

        assertThatThrownBy(() -> terms.wrote(new EpochRecord(FIRST, 1, 4, 6), "controller-0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The store has gone from");
    }
}
