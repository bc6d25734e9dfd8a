package io.millrace.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TopicPartitionTest {
    @Test
    void itsTextIsTheNameOfItsDirectory() {
        assertThat(new TopicPartition("my-orders", 12)).hasToString("my-orders-12");
    }

    @Test
    void noPartitionHasANegativeNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicPartition("orders", -1));
    }
}
