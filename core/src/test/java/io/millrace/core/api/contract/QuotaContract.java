package io.millrace.core.api.contract;

import static io.millrace.core.metadata.QuotaKind.CONNECTION_CREATION_RATE;
import static io.millrace.core.metadata.QuotaKind.CONSUMER_BYTE_RATE;
import static io.millrace.core.metadata.QuotaKind.PRODUCER_BYTE_RATE;
import static io.millrace.core.metadata.QuotaKind.REQUEST_PERCENTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every controller makes of quotas. */
public abstract class QuotaContract extends ReplicaAssignmentContract {
    private static final QuotaEntity ALICE = QuotaEntity.ofUser(QuotaName.of("alice"));
    private static final QuotaEntity ANY_APP = QuotaEntity.of(QuotaName.Default.NAME, QuotaName.of("a/b ü"));

    @Test
    void quotasAreSetAndResetKindByKind() throws Exception {
        alter(set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0, REQUEST_PERCENTAGE, 12.5)));
        assertShown(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0, REQUEST_PERCENTAGE, 12.5));

        alter(new Alteration(
                ALICE,
                new TreeMap<>(Map.of(PRODUCER_BYTE_RATE, 2000.0)),
                new TreeSet<>(List.of(REQUEST_PERCENTAGE, CONSUMER_BYTE_RATE))));

        assertShown(ALICE, Map.of(PRODUCER_BYTE_RATE, 2000.0));
    }

    @Test
    void anEntityWhoseLastLimitEndsIsGone() throws Exception {
        alter(set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0)), set(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0)));

        alter(reset(ALICE, PRODUCER_BYTE_RATE));

        assertShown(ALICE, Map.of());
        assertThat(controller().image().quotas().all()).hasSize(1);
        assertShown(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0));
    }

    @Test
    void whatHasNoLimitIsResetAllTheSame() throws Exception {
        assertThat(alter(reset(ALICE, PRODUCER_BYTE_RATE))).containsExactly(Outcome.done(ALICE));
    }

    @Test
    void everyAlterationHasAnOutcomeOfItsOwnInOrder() throws Exception {
        List<Outcome<QuotaEntity>> outcomes = alter(
                set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0)),
                set(ALICE, Map.of(PRODUCER_BYTE_RATE, 2000.0, CONSUMER_BYTE_RATE, -1.0)),
                set(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 3000.0)));

        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isEqualTo(Outcome.done(ALICE));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.get(2)).isEqualTo(Outcome.done(ANY_APP));
        assertShown(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 3000.0));
        assertShown(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0));
    }

    @Test
    void alterationsOfOneEntityHappenOneAfterTheOther() throws Exception {
        alter(
                set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0)),
                set(ALICE, Map.of(CONSUMER_BYTE_RATE, 2000.0)),
                reset(ALICE, PRODUCER_BYTE_RATE));

        assertShown(ALICE, Map.of(CONSUMER_BYTE_RATE, 2000.0));
    }

    @Test
    void twoSpellingsOfAnAddressAreOne() throws Exception {
        QuotaEntity canonical = QuotaEntity.ofIp(QuotaName.of("2001:db8::1"));
        alter(set(canonical, Map.of(CONNECTION_CREATION_RATE, 5.0)));

        QuotaEntity otherSpelling = QuotaEntity.ofIp(QuotaName.of("2001:0DB8:0:0:0:0:0:1"));
        List<Outcome<QuotaEntity>> outcomes = alter(set(otherSpelling, Map.of(CONNECTION_CREATION_RATE, 7.0)));

        assertThat(outcomes).containsExactly(Outcome.done(canonical));
        assertShown(canonical, Map.of(CONNECTION_CREATION_RATE, 7.0));
        assertThat(controller().image().quotas().all()).hasSize(1);
    }

    static List<Alteration> impossibleQuotas() {
        QuotaEntity address = QuotaEntity.ofIp(QuotaName.of("192.0.2.1"));
        return List.of(
                set(ALICE, Map.of(PRODUCER_BYTE_RATE, 0.0)),
                set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1.5)),
                set(ALICE, Map.of(REQUEST_PERCENTAGE, Double.NaN)),
                set(ALICE, Map.of(REQUEST_PERCENTAGE, Double.POSITIVE_INFINITY)),
                set(ALICE, Map.of(CONNECTION_CREATION_RATE, 1.0)),
                set(address, Map.of(PRODUCER_BYTE_RATE, 1.0)),
                set(QuotaEntity.ofIp(QuotaName.of("localhost")), Map.of(CONNECTION_CREATION_RATE, 1.0)),
                set(QuotaEntity.ofUser(QuotaName.of("")), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                set(QuotaEntity.ofClientId(QuotaName.of("x".repeat(513))), Map.of(PRODUCER_BYTE_RATE, 1.0)),
                new Alteration(
                        ALICE,
                        new TreeMap<>(Map.of(PRODUCER_BYTE_RATE, 1.0)),
                        new TreeSet<>(List.of(PRODUCER_BYTE_RATE))));
    }

    @ParameterizedTest
    @MethodSource("impossibleQuotas")
    void impossibleQuotasAreRefused(Alteration impossible) throws Exception {
        List<Outcome<QuotaEntity>> outcomes = alter(impossible);

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isInstanceOf(Refusal.InvalidRequest.class);
            assertThat(refused.refusal().message()).endsWith(".");
        });
        alter(set(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0)));
        assertShown(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0));
        assertThat(controller().image().quotas().all()).hasSize(1);
    }

    @Test
    void quotasThatAreOnlyValidatedAreNotThere() throws Exception {
        Alteration good = set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1000.0));
        Alteration bad = set(ALICE, Map.of(PRODUCER_BYTE_RATE, -1.0));

        List<Outcome<QuotaEntity>> outcomes =
                done(controller().alterQuotas(new AlterQuotasRequest(List.of(good, bad), true)));

        assertThat(outcomes.get(0)).isEqualTo(Outcome.done(ALICE));
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
        alter(set(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0)));
        assertShown(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 1.0));
        assertThat(controller().image().quotas().all()).hasSize(1);
    }

    @Test
    void aWatcherSeesQuotasStepByStep() throws Exception {
        alter(set(ALICE, Map.of(PRODUCER_BYTE_RATE, 1.0)));
        assertShown(ALICE, Map.of(PRODUCER_BYTE_RATE, 1.0));
        RecordingWatcher watcher = new RecordingWatcher();
        controller().watch(watcher);
        awaitUntil("the snapshot", () -> !watcher.pictures().isEmpty());

        alter(set(ANY_APP, Map.of(CONSUMER_BYTE_RATE, 2.0)));
        alter(reset(ALICE, PRODUCER_BYTE_RATE));

        awaitUntil("both deltas", () -> watcher.pictures().size() == 3);
        assertThat(watcher.problems()).isEmpty();
        assertThat(watcher.pictures().getFirst().quotas().limits(ALICE)).containsEntry(PRODUCER_BYTE_RATE, 1.0);
        assertThat(watcher.pictures().getLast()).isEqualTo(controller().image());
        assertThat(watcher.pictures().getLast().quotas().all()).hasSize(1);
    }

    private List<Outcome<QuotaEntity>> alter(Alteration... alterations) throws Exception {
        return done(controller().alterQuotas(new AlterQuotasRequest(List.of(alterations), false)));
    }

    private void assertShown(QuotaEntity entity, Map<QuotaKind, Double> limits) throws InterruptedException {
        awaitUntil(
                "quotas of " + entity + " in the picture",
                () -> controller().image().quotas().limits(entity).equals(limits));
    }

    private static Alteration set(QuotaEntity entity, Map<QuotaKind, Double> limits) {
        return new Alteration(entity, new TreeMap<>(limits), new TreeSet<>());
    }

    private static Alteration reset(QuotaEntity entity, QuotaKind kind) {
        return new Alteration(entity, new TreeMap<>(), new TreeSet<>(List.of(kind)));
    }
}
