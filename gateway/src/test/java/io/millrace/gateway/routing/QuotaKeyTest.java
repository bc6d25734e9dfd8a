package io.millrace.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaKeyTest {
    private static final QuotaName ANY = QuotaName.Default.NAME;

    static Stream<QuotaEntity> entities() {
        return Stream.of(
                QuotaEntity.ofUser(QuotaName.of("a&b=c d/ü%")),
                QuotaEntity.ofUser(ANY),
                QuotaEntity.of(QuotaName.of("client-id"), ANY),
                QuotaEntity.of(ANY, QuotaName.of("user")),
                QuotaEntity.ofClientId(QuotaName.of("app")),
                QuotaEntity.ofIp(QuotaName.of("2001:db8::1")),
                QuotaEntity.ofIp(ANY));
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aKeyIsReadBackFromItsText(QuotaEntity entity) {
        QuotaKey key = new QuotaKey(entity);

        assertThat(QuotaKey.parse(key.toString())).isEqualTo(key).isEqualByComparingTo(key);
    }

    @Test
    void aPersonCanReadIt() {
        assertThat(new QuotaKey(QuotaEntity.of(QuotaName.of("a b"), ANY)).toString())
                .isEqualTo("user=a+b&client-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "group=g", "user=a&ip=::1", "user=%zz"})
    void whatIsNoKeyIsIllegal(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaKey.parse(text));
    }
}
