package io.millrace.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.QuotaRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottledClientsTest {
    private static final QuotaKind KIND = QuotaKind.PRODUCER_BYTE_RATE;
    private static final QuotaName DEFAULT = QuotaName.Default.NAME;
    private static final int METERS_MAX = 4;
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final QuotaMeters meters = new QuotaMeters(QuotaWindow.DEFAULT, QuotaWindow.DEFAULT, METERS_MAX, 0);
    private final ThrottledClients clients = new ThrottledClients(this::image, meters);
    private ClusterImage image = ClusterImage.empty("cluster");

    private ClusterImage image() {
        return image;
    }

    @Test
    void withoutQuotasEverythingIsAllowed() {
        assertThat(clients.isAnyThere()).isFalse();
        assertThat(clients.of("u", "c", new ThrottledClients.Memory(), 0)).isSameAs(ClientQuotas.NONE);
    }

    @Test
    void whatIsSetForNobodyElseHoldsNot() {
        set(QuotaEntity.ofClientId(QuotaName.of("other")), 100);

        assertThat(clients.isAnyThere()).isTrue();
        assertThat(clients.of("u", "c", new ThrottledClients.Memory(), 0)).isSameAs(ClientQuotas.NONE);
    }

    @Test
    void theQuotaOfAUserGoesBeforeThatOfAClientId() {
        set(QuotaEntity.ofClientId(QuotaName.of("c")), 100);
        set(QuotaEntity.ofUser(DEFAULT), 200);

        assertThat(quota("u", "c", 0).limit()).isEqualTo(200);
    }

    @Test
    void allConnectionsOfOneClientIdShareAMeter() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        quota("u", "c", 0).record(1_000, 0);

        assertThat(quota("another", "c", 0).record(100, 0)).isPositive();
        assertThat(quota("u", "d", 0).record(100, 0)).isZero();
    }

    @Test
    void allClientsOfAUserShareTheQuotaOfTheUser() {
        set(QuotaEntity.ofUser(DEFAULT), 100);
        quota("u", "c", 0).record(1_000, 0);

        assertThat(quota("u", "d", 0).record(100, 0)).isPositive();
        assertThat(quota("v", "c", 0).record(100, 0)).isZero();
    }

    @Test
    void aClientIdOfAUserHasAMeterOfItsOwn() {
        set(QuotaEntity.of(QuotaName.of("u"), DEFAULT), 100);
        quota("u", "c", 0).record(1_000, 0);

        assertThat(quota("u", "c", 0).record(100, 0)).isPositive();
        assertThat(quota("u", "d", 0).record(100, 0)).isZero();
    }

    @Test
    void anAddressHasAMeterOfItsOwn() {
        set(QuotaEntity.ofIp(DEFAULT), QuotaKind.CONNECTION_CREATION_RATE, 1);
        Objects.requireNonNull(clients.ofAddress("10.0.0.1", 0)).record(10, 0);

        assertThat(Objects.requireNonNull(clients.ofAddress("10.0.0.1", 0)).tryRecord(1, 0))
                .isPositive();
        assertThat(Objects.requireNonNull(clients.ofAddress("10.0.0.2", 0)).tryRecord(1, 0))
                .isZero();
    }

    @Test
    void anotherLimitHoldsAtOnceForWhatWasMetered() {
        set(QuotaEntity.ofClientId(QuotaName.of("c")), 100);
        ThrottledClients.Memory memory = new ThrottledClients.Memory();
        quota(clients.of("u", "c", memory, 0)).record(1_000, 0);

        set(QuotaEntity.ofClientId(QuotaName.of("c")), 50);

        assertThat(quota(clients.of("u", "c", memory, 0)).throttleNanos(0)).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void whatWasFoundIsFoundAgainWithoutASearch() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        ThrottledClients.Memory memory = new ThrottledClients.Memory();

        assertThat(clients.of("u", "c", memory, 0)).isSameAs(clients.of("u", "c", memory, HOUR));
    }

    @Test
    void aMeterThatNobodyUsesForAnHourGoesAndIsMadeAnewForWhoeverStillHasIt() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        ThrottledClients.Memory memory = new ThrottledClients.Memory();
        ClientQuotas old = clients.of("u", "c", memory, 0);

        quota("u", "d", HOUR + 1);

        assertThat(meters.size()).isOne();
        assertThat(clients.of("u", "c", memory, HOUR + 1)).isNotSameAs(old);
        assertThat(meters.size()).isEqualTo(2);
    }

    @Test
    void aMeterThatIsUsedStays() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        MeteredQuota used = quota("u", "c", 0);
        used.record(1, HOUR);

        quota("u", "d", HOUR + 1);

        assertThat(meters.size()).isEqualTo(2);
    }

    @Test
    void beyondTheLimitOfMetersNamesThatAreMadeUpShareOne() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        set(QuotaEntity.ofClientId(QuotaName.of("known")), 100);
        for (int i = 0; i < METERS_MAX; i++) {
            quota("u", "made-up-" + i, 0);
        }
        quota("u", "one-more", 0).record(1_000, 0);

        assertThat(quota("u", "yet-another", 0).record(100, 0)).isPositive();
        assertThat(quota("u", "known", 0).record(100, 0)).isZero();
        assertThat(quota("u", "made-up-0", 0).record(100, 0)).isZero();
        assertThat(meters.size()).isEqualTo(METERS_MAX + 2);
    }

    @Test
    void namesThatAreTooLongForAQuotaAreNotKept() {
        set(QuotaEntity.ofClientId(DEFAULT), 100);
        String longest = "c".repeat(QuotaRules.NAME_LENGTH_MAX);
        quota("u", longest + "d".repeat(30_000), 0).record(1_000, 0);

        assertThat(quota("u", longest + "e", 0).record(100, 0)).isPositive();
        assertThat(meters.size()).isOne();
    }

    private MeteredQuota quota(String user, String clientId, long nowNanos) {
        return quota(clients.of(user, clientId, new ThrottledClients.Memory(), nowNanos));
    }

    private static MeteredQuota quota(ClientQuotas found) {
        return Objects.requireNonNull(found.find(KIND));
    }

    private void set(QuotaEntity entity, double limit) {
        set(entity, KIND, limit);
    }

    private void set(QuotaEntity entity, QuotaKind kind, double limit) {
        QuotaRecord quota = new QuotaRecord(entity, new TreeMap<>(Map.of(kind, limit)));
        image = image.apply(new ClusterDelta(image.version() + 1, 1, List.of(new MetadataChange.Put(quota))));
    }
}
