package io.millrace.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicaModelTest {
    private static final int STEPS = 500;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoeverIsListedHoldsEverythingThatWasAcknowledged(long seed) {
        ReplicaModel model = new ReplicaModel(seed);

        for (int step = 0; step < STEPS; step++) {
            model.step();
        }

        assertThat(model.elections()).as("elections: else nothing was tried").isPositive();
    }
}
