package io.millrace.broker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSharesTest {
    @Test
    void whoeverWantsLittleGetsItAll() {
        assertThat(ByteShares.of(new int[] {1000, 10, 1000}, 210)).containsExactly(100, 10, 100);
    }

    @Test
    void everybodyGetsAllWhenThereIsEnough() {
        assertThat(ByteShares.of(new int[] {5, 0, 7}, 100)).containsExactly(5, 0, 7);
    }

    @Test
    void nothingIsSharedOutBeyondTheLimit() {
        assertThat(ByteShares.of(new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, 3}, 10))
                .containsExactly(3, 4, 3);
    }
}
