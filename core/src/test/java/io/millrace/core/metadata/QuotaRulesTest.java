package io.millrace.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotaRulesTest {
    private static final QuotaEntity ALICE = QuotaEntity.ofUser(QuotaName.of("alice"));
    private static final QuotaEntity ADDRESS = QuotaEntity.ofIp(QuotaName.of("192.0.2.1"));

    @ParameterizedTest
    @EnumSource
    void everyKindIsFoundByItsName(QuotaKind kind) {
        assertThat(kind.configName()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
        assertThat(QuotaKind.named(kind.configName())).contains(kind);
        assertThat(QuotaKind.named(kind.name())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PRODUCER_BYTE_RATE, 1", "PRODUCER_BYTE_RATE, 9223372036854775807", "CONSUMER_BYTE_RATE, 1048576",
        "REQUEST_PERCENTAGE, 0.01", "REQUEST_PERCENTAGE, 250", "CONTROLLER_MUTATION_RATE, 12.5",
        "CONNECTION_CREATION_RATE, 2147483647",
    })
    void aLimitAboveZeroIsLegal(QuotaKind kind, double limit) {
        assertThat(kind.problemOf(limit)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PRODUCER_BYTE_RATE, 0",
        "PRODUCER_BYTE_RATE, -1",
        "PRODUCER_BYTE_RATE, 1.5",
        "PRODUCER_BYTE_RATE, NaN",
        "PRODUCER_BYTE_RATE, Infinity",
        "PRODUCER_BYTE_RATE, 1e30",
        "CONSUMER_BYTE_RATE, 0.5",
        "REQUEST_PERCENTAGE, 0",
        "REQUEST_PERCENTAGE, NaN",
        "REQUEST_PERCENTAGE, Infinity",
        "CONTROLLER_MUTATION_RATE, -0.0",
        "CONNECTION_CREATION_RATE, 2147483648",
        "CONNECTION_CREATION_RATE, 0.5",
    })
    void aLimitThatCannotHoldIsNamed(QuotaKind kind, double limit) {
        assertThat(kind.problemOf(limit))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith(kind.configName()).endsWith("."));
    }

    @ParameterizedTest
    @EnumSource
    void aKindIsForAddressesOrForUsersAndClientIds(QuotaKind kind) {
        assertThat(QuotaRules.problemOf(ALICE, limits(kind), none()).isEmpty()).isEqualTo(!kind.forAddresses());
        assertThat(QuotaRules.problemOf(ADDRESS, limits(kind), none()).isEmpty())
                .isEqualTo(kind.forAddresses());
        assertThat(QuotaRules.problemOf(ADDRESS, Collections.emptySortedMap(), new TreeSet<>(List.of(kind)))
                        .isEmpty())
                .isEqualTo(kind.forAddresses());
    }

    @Test
    void whatIsSetAndResetAtOnceIsIllegal() {
        assertThat(QuotaRules.problemOf(
                        ALICE,
                        limits(QuotaKind.PRODUCER_BYTE_RATE),
                        new TreeSet<>(List.of(QuotaKind.PRODUCER_BYTE_RATE))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("user 'alice'", "producer_byte_rate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "CN=alice, OU=ops/1", "größe", "\uD83D\uDE00", "..", "a\u0000b", "<default>", "%2F"})
    void usersAndClientIdsHaveAnyName(String name) {
        assertThat(QuotaRules.problemOf(QuotaEntity.of(QuotaName.of(name), QuotaName.of(name))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uD83D", "a\uDE00"})
    void aNameThatIsEmptyOrHasHalfAcharacterIsIllegal(String name) {
        assertThat(QuotaRules.problemOf(QuotaEntity.ofUser(QuotaName.of(name)))).isPresent();
        assertThat(QuotaRules.problemOf(QuotaEntity.ofClientId(QuotaName.of(name))))
                .isPresent();
    }

    @Test
    void theLongestNameHas512Characters() {
        assertThat(QuotaRules.problemOf(QuotaEntity.ofUser(QuotaName.of("a".repeat(512)))))
                .isEmpty();
        assertThat(QuotaRules.problemOf(QuotaEntity.ofUser(QuotaName.of("a".repeat(513)))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("512", "513"));
    }

    @Test
    void anIpIsAnAddressAndNoNameOfAhost() {
        assertThat(QuotaRules.problemOf(QuotaEntity.ofIp(QuotaName.of("localhost"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'localhost'"));
    }

    @Test
    void twoSpellingsOfAnAddressAreOneEntity() {
        assertThat(QuotaRules.canonical(QuotaEntity.ofIp(QuotaName.of("2001:DB8:0::1"))))
                .isEqualTo(QuotaEntity.ofIp(QuotaName.of("2001:db8::1")));
        assertThat(QuotaRules.canonical(QuotaEntity.ofIp(QuotaName.Default.NAME)))
                .isEqualTo(QuotaEntity.ofIp(QuotaName.Default.NAME));
    }

    private static SortedMap<QuotaKind, Double> limits(QuotaKind kind) {
        return new TreeMap<>(Map.of(kind, 5.0));
    }

    private static SortedSet<QuotaKind> none() {
        return new TreeSet<>();
    }
}
