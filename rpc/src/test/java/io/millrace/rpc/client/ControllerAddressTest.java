package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"controller-0.millrace:19093", "localhost:1", "10.0.0.7:19093", "[::1]:19093"})
    void namesAndAddressesAreRead(String text) {
        assertThat(ControllerAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my_controller:19093", "two words:19093", ":19093", "host", "host:0", "host:65536", "::1:19093"})
    void whatNoConnectionCanBeMadeToIsRefusedAtOnce(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ControllerAddress.parse(text));
    }

    @Test
    void theReasonNamesTheHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControllerAddress.parse("my_controller:19093"))
                .withMessageContaining("letters, digits, dots and hyphens")
                .withMessageContaining("my_controller");
    }
}
