package io.millrace.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "::1, ::1",
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0000:0000:0000:0000:0000:ffff:192.000.002.001, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    })
    void everySpellingOfAnAddressIsKnownByOne(String literal, String canonical) {
        assertThat(IpAddress.canonical(literal)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "cafe",
                "1",
                "127.1",
                "1.2.3",
                "010.0.0.1",
                "0x7f.0.0.1",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.4 ",
                "[::1]",
                "fe80::1%eth0",
                "fe80::1%1",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "12345::",
                "::1/64",
                "１.2.3.4",
                "0000:0000:0000:0000:0000:ffff:192.000.002.0010"
            })
    void whatIsNoAddressLiteralIsNone(String text) {
        assertThat(IpAddress.canonical(text)).isEmpty();
    }

    @RepeatedTest(50)
    void theOneSpellingIsReadAsTheSameAddress(RepetitionInfo repetition) throws UnknownHostException {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] bytes = new byte[16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
        }
        InetAddress address = Inet6Address.getByAddress(null, bytes, -1);

        String canonical = IpAddress.canonical(address.getHostAddress()).orElseThrow();

        assertThat(InetAddress.ofLiteral(canonical)).isEqualTo(address);
        assertThat(IpAddress.canonical(canonical)).contains(canonical);
    }
}
