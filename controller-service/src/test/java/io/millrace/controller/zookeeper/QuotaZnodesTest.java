package io.millrace.controller.zookeeper;

import static io.millrace.core.metadata.QuotaKind.CONNECTION_CREATION_RATE;
import static io.millrace.core.metadata.QuotaKind.CONTROLLER_MUTATION_RATE;
import static io.millrace.core.metadata.QuotaKind.PRODUCER_BYTE_RATE;
import static io.millrace.core.metadata.QuotaKind.REQUEST_PERCENTAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaZnodesTest {
    private static final QuotaName ANY = QuotaName.Default.NAME;

    private final MetadataZnodes znodes = new MetadataZnodes();

    static Stream<QuotaRecord> quotas() {
        return Stream.of(
                quota(user("alice"), Map.of(PRODUCER_BYTE_RATE, 0x1p63, REQUEST_PERCENTAGE, 0.001)),
                quota(QuotaEntity.ofUser(ANY), Map.of(CONTROLLER_MUTATION_RATE, 1e300)),
                quota(QuotaEntity.ofClientId(QuotaName.of("a/b")), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                quota(QuotaEntity.ofClientId(ANY), Map.of(PRODUCER_BYTE_RATE, 0x1.0p53)),
                quota(QuotaEntity.of(QuotaName.of("größe"), QuotaName.of("x y")), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                quota(QuotaEntity.of(ANY, QuotaName.of("clients")), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                quota(QuotaEntity.of(QuotaName.of("users"), ANY), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                quota(QuotaEntity.of(ANY, ANY), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                quota(QuotaEntity.ofIp(QuotaName.of("2001:db8::1")), Map.of(CONNECTION_CREATION_RATE, 7.0)),
                quota(QuotaEntity.ofIp(ANY), Map.of(CONNECTION_CREATION_RATE, 7.0)));
    }

    @ParameterizedTest
    @MethodSource("quotas")
    void whatIsWrittenIsReadBack(QuotaRecord quota) {
        assertThat(znodes.decode(znodes.path(quota.key()), znodes.encode(quota)).value())
                .isEqualTo(quota);
        assertThat(znodes.decode(znodes.path(quota.key()), znodes.encode(quota)).key())
                .isEqualTo(quota.key());
    }

    @Test
    void aPersonCanReadThem() {
        QuotaRecord quota = quota(
                QuotaEntity.of(QuotaName.of("alice"), ANY),
                Map.of(PRODUCER_BYTE_RATE, 10_485_760.0, REQUEST_PERCENTAGE, 12.5));

        assertThat(znodes.path(quota.key())).isEqualTo("/quotas/users/alice/clients/<default>");
        assertThat(znodes.encode(quota))
                .isEqualTo("{\"limits\":{\"producer_byte_rate\":10485760,\"request_percentage\":12.5}}");
    }

    @Test
    void aPersonCanReadWhomTheyAreFor() {
        assertThat(pathOf(user("CN=alice,OU=ops"))).isEqualTo("/quotas/users/CN=alice%2COU=ops");
        assertThat(pathOf(user("alice@example.com"))).isEqualTo("/quotas/users/alice@example.com");
        assertThat(pathOf(user("<default>"))).isEqualTo("/quotas/users/%3Cdefault%3E");
        assertThat(pathOf(user(".."))).isEqualTo("/quotas/users/%2E.");
        assertThat(pathOf(user("ü/%"))).isEqualTo("/quotas/users/%C3%BC%2F%25");
        assertThat(pathOf(QuotaEntity.ofClientId(QuotaName.of("a.b")))).isEqualTo("/quotas/clients/a.b");
        assertThat(pathOf(QuotaEntity.ofIp(QuotaName.of("::1")))).isEqualTo("/quotas/ips/::1");
    }

    @Test
    void everyCharacterMakesApathThatZooKeeperTakesAndWeReadBack() {
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            for (String name : new String[] {String.valueOf(c), "x" + c}) {
                String path = pathOf(user(name));

                PathUtils.validatePath(path);

                assertThat(path).matches("/quotas/users/[!-~&&[^/]]+");
                assertThat(znodes.decode(path, "{\"limits\":{\"producer_byte_rate\":1}}")
                                .key())
                        .isEqualTo(new MetadataKey.Quota(user(name)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/quotas/users/alice | {",
                "/quotas/users/alice | {}",
                "/quotas/users/alice | {\"limits\":{}}",
                "/quotas/users/alice | {\"limits\":{\"bytes\":1}}",
                "/quotas/users/alice | {\"limits\":{\"producer_byte_rate\":0}}",
                "/quotas/users/alice | {\"limits\":{\"producer_byte_rate\":\"fast\"}}",
                "/quotas/users/alice | {\"limits\":{\"producer_byte_rate\":null}}",
                "/quotas/users/alice | {\"limits\":{\"connection_creation_rate\":1}}",
                "/quotas/ips/localhost | {\"limits\":{\"connection_creation_rate\":1}}",
                "/quotas/ips/0:0::1 | {\"limits\":{\"connection_creation_rate\":1}}",
                "/quotas/groups/g | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/a/users/b | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/a/clients | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/a/clients/b/c | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/%61 | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/%c3%bc | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/a%2 | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/%zz | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/%FF | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/ü | {\"limits\":{\"producer_byte_rate\":1}}",
                "/quotas/users/ | {\"limits\":{\"producer_byte_rate\":1}}",
            })
    void damageIsNamedWithItsPath(String path, String text) {
        assertThatThrownBy(() -> znodes.decode(path, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }

    private String pathOf(QuotaEntity entity) {
        return znodes.path(new MetadataKey.Quota(entity));
    }

    private static QuotaEntity user(String name) {
        return QuotaEntity.ofUser(QuotaName.of(name));
    }

    private static QuotaRecord quota(QuotaEntity entity, Map<QuotaKind, Double> limits) {
        return new QuotaRecord(entity, new TreeMap<>(limits));
    }
}
