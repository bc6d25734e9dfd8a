package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {
    private static final String SETTING = "networkaddress.cache.ttl";

    @AfterEach
    void clear() {
        System.clearProperty(SETTING);
    }

    @Test
    void anotherProcessIsLookedForUnderItsNewAddressWithinAsecond() {
        ServiceProcess.forgetAddressesSoon();

        assertThat(Security.getProperty(SETTING)).isEqualTo("1");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("1");
        assertThat(System.getProperty(SETTING)).isEqualTo("1");
    }

    @Test
    void whoStartsTheProcessHasTheLastWord() {
        System.setProperty(SETTING, "5");

        ServiceProcess.forgetAddressesSoon();

        assertThat(Security.getProperty(SETTING)).isEqualTo("5");
        assertThat(System.getProperty(SETTING)).isEqualTo("5");
    }
}
