package io.millrace.core.metadata;

import static io.millrace.core.metadata.QuotaKind.CONNECTION_CREATION_RATE;
import static io.millrace.core.metadata.QuotaKind.CONSUMER_BYTE_RATE;
import static io.millrace.core.metadata.QuotaKind.PRODUCER_BYTE_RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotasTest {
    private static final QuotaName ALICE = QuotaName.of("alice");
    private static final QuotaName APP = QuotaName.of("app");
    private static final QuotaName ANY = QuotaName.Default.NAME;

    /** Whatever can hold for client id app of user alice; an earlier one goes before a later one, as in Kafka. */
    private static final List<QuotaEntity> PRECEDENCE = List.of(
            QuotaEntity.of(ALICE, APP),
            QuotaEntity.of(ALICE, ANY),
            QuotaEntity.ofUser(ALICE),
            QuotaEntity.of(ANY, APP),
            QuotaEntity.of(ANY, ANY),
            QuotaEntity.ofUser(ANY),
            QuotaEntity.ofClientId(APP),
            QuotaEntity.ofClientId(ANY));

    private static final List<QuotaEntity> STRANGERS = List.of(
            QuotaEntity.ofUser(QuotaName.of("app")),
            QuotaEntity.ofClientId(QuotaName.of("alice")),
            QuotaEntity.of(QuotaName.of("bob"), APP),
            QuotaEntity.of(ALICE, QuotaName.of("other")));

    static IntStream everySelection() {
        return IntStream.range(0, 1 << PRECEDENCE.size());
    }

    @ParameterizedTest
    @MethodSource("everySelection")
    void theFirstByPrecedenceHolds(int selection) {
        Quotas quotas = Quotas.NONE;
        Optional<QuotaFound> expected = Optional.empty();
        for (int i = PRECEDENCE.size() - 1; i >= 0; i--) {
            if ((selection & 1 << i) != 0) {
                quotas = quotas.with(put(PRECEDENCE.get(i), Map.of(PRODUCER_BYTE_RATE, 100.0 + i)));
                expected = Optional.of(new QuotaFound(PRECEDENCE.get(i), 100.0 + i));
            }
        }
        for (QuotaEntity stranger : STRANGERS) {
            quotas = quotas.with(put(stranger, Map.of(PRODUCER_BYTE_RATE, 1.0)));
        }

        assertThat(quotas.limit(PRODUCER_BYTE_RATE, "alice", "app")).isEqualTo(expected);
    }

    @Test
    void anEntityWithoutThatKindLeavesItToTheNext() {
        Quotas quotas = Quotas.NONE
                .with(put(QuotaEntity.of(ALICE, APP), Map.of(CONSUMER_BYTE_RATE, 5.0)))
                .with(put(QuotaEntity.ofUser(ANY), Map.of(PRODUCER_BYTE_RATE, 7.0)));

        assertThat(quotas.limit(CONSUMER_BYTE_RATE, "alice", "app"))
                .map(QuotaFound::limit)
                .contains(5.0);
        assertThat(quotas.limit(PRODUCER_BYTE_RATE, "alice", "app"))
                .contains(new QuotaFound(QuotaEntity.ofUser(ANY), 7.0));
    }

    @Test
    void aClientWithoutAnIdHasWhatIsForAllIds() {
        Quotas quotas = Quotas.NONE.with(put(QuotaEntity.ofClientId(ANY), Map.of(PRODUCER_BYTE_RATE, 7.0)));

        assertThat(quotas.limit(PRODUCER_BYTE_RATE, "ANONYMOUS", ""))
                .contains(new QuotaFound(QuotaEntity.ofClientId(ANY), 7.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:1%eth0"})
    void anAddressHasItsOwnLimitInAnySpelling(String ip) {
        QuotaEntity address = QuotaEntity.ofIp(QuotaName.of("2001:db8::1"));
        Quotas quotas = Quotas.NONE
                .with(put(address, Map.of(CONNECTION_CREATION_RATE, 3.0)))
                .with(put(QuotaEntity.ofIp(ANY), Map.of(CONNECTION_CREATION_RATE, 9.0)));

        assertThat(quotas.addressLimit(ip)).contains(new QuotaFound(address, 3.0));
        assertThat(quotas.addressLimit("192.0.2.1")).contains(new QuotaFound(QuotaEntity.ofIp(ANY), 9.0));
        assertThat(Quotas.NONE.addressLimit(ip)).isEmpty();
    }

    @Test
    void aPictureHasTheQuotasOfItsDeltas() {
        ClusterImage before = ClusterImage.empty("test");
        QuotaRecord quota = new QuotaRecord(QuotaEntity.ofUser(ALICE), new TreeMap<>(Map.of(PRODUCER_BYTE_RATE, 5.0)));

        ClusterImage with = before.apply(new ClusterDelta(1, 1, List.of(new MetadataChange.Put(quota))));
        ClusterImage without = with.apply(new ClusterDelta(2, 1, List.of(new MetadataChange.Removed(quota.key()))));

        assertThat(before.quotas().all()).isEmpty();
        assertThat(with.quotas().all()).containsExactly(quota);
        assertThat(with.quotas().limits(quota.entity())).containsExactlyEntriesOf(quota.limits());
        assertThat(without.quotas()).isEqualTo(Quotas.NONE);
        assertThat(without.quotas().limits(quota.entity())).isEmpty();
    }

    @Test
    void theyAreToldInOneOrderHoweverTheyCame() {
        QuotaEntity address = QuotaEntity.ofIp(ANY);
        Quotas quotas = Quotas.NONE;
        for (QuotaEntity entity : PRECEDENCE) {
            quotas = quotas.with(put(entity, Map.of(PRODUCER_BYTE_RATE, 1.0)));
        }
        quotas = quotas.with(put(address, Map.of(CONNECTION_CREATION_RATE, 1.0)));

        assertThat(quotas.all())
                .extracting(QuotaRecord::entity)
                .containsExactly(
                        address,
                        QuotaEntity.ofClientId(APP),
                        QuotaEntity.ofClientId(ANY),
                        QuotaEntity.ofUser(ALICE),
                        QuotaEntity.of(ALICE, APP),
                        QuotaEntity.of(ALICE, ANY),
                        QuotaEntity.ofUser(ANY),
                        QuotaEntity.of(ANY, APP),
                        QuotaEntity.of(ANY, ANY));
    }

    @Test
    void nobodyAndAnAddressWithAuserAreNoEntities() {
        Optional<QuotaName> none = Optional.empty();

        assertThatIllegalArgumentException().isThrownBy(() -> new QuotaEntity(none, none, none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuotaEntity(Optional.of(ANY), none, Optional.of(ANY)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuotaEntity(none, Optional.of(ANY), Optional.of(ANY)));
    }

    @Test
    void aRecordWithoutLimitsIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuotaRecord(QuotaEntity.ofUser(ALICE), Collections.emptySortedMap()));
    }

    private static MetadataChange put(QuotaEntity entity, Map<QuotaKind, Double> limits) {
        return new MetadataChange.Put(new QuotaRecord(entity, new TreeMap<>(limits)));
    }
}
