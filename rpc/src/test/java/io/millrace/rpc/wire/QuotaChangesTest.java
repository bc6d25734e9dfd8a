package io.millrace.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.internal.v1.AlterQuotasResponse;
import io.millrace.internal.v1.MetadataRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaChangesTest {
    private static final AlterQuotasRequest REQUEST = new AlterQuotasRequest(
            List.of(
                    new Alteration(
                            QuotaEntity.of(QuotaName.of("alice"), QuotaName.Default.NAME),
                            new TreeMap<>(Map.of(
                                    QuotaKind.PRODUCER_BYTE_RATE, -1.5, QuotaKind.REQUEST_PERCENTAGE, Double.NaN)),
                            new TreeSet<>(List.of(QuotaKind.CONSUMER_BYTE_RATE, QuotaKind.PRODUCER_BYTE_RATE))),
                    new Alteration(QuotaEntity.ofIp(QuotaName.of("localhost")), new TreeMap<>(), new TreeSet<>()),
                    new Alteration(QuotaEntity.ofClientId(QuotaName.of("")), new TreeMap<>(), new TreeSet<>())),
            true);

    @Test
    void aRequestStaysItselfWhateverItAsksFor() throws Exception {
        assertThat(QuotaChanges.decode(QuotaChanges.encode(REQUEST))).isEqualTo(REQUEST);
    }

    @Test
    void outcomesStayThemselvesOneByOne() throws Exception {
        List<Outcome<QuotaEntity>> outcomes = List.of(
                Outcome.done(QuotaEntity.ofUser(QuotaName.of("alice"))),
                Outcome.refused(new Refusal.InvalidRequest("There are enough.")),
                Outcome.done(QuotaEntity.ofIp(QuotaName.Default.NAME)));

        assertThat(QuotaChanges.decode(QuotaChanges.encode(outcomes))).isEqualTo(outcomes);
    }

    @Test
    void aRequestForNobodyOrOfAnUnknownKindIsMalformed() {
        var nobody = QuotaChanges.encode(REQUEST).toBuilder();
        nobody.getAlterationsBuilder(0).clearEntity();
        var nameless = QuotaChanges.encode(REQUEST).toBuilder();
        nameless.getAlterationsBuilder(0).getEntityBuilder().getUserBuilder().clearName();
        var both = QuotaChanges.encode(REQUEST).toBuilder();
        both.getAlterationsBuilder(0).getEntityBuilder().getIpBuilder().setNamed("::1");
        var set = QuotaChanges.encode(REQUEST).toBuilder();
        set.getAlterationsBuilder(0).putSet("PRODUCER_BYTE_RATE", 1);
        var reset = QuotaChanges.encode(REQUEST).toBuilder();
        reset.getAlterationsBuilder(0).addReset("");

        assertMalformed(() -> QuotaChanges.decode(nobody.build()));
        assertMalformed(() -> QuotaChanges.decode(nameless.build()));
        assertMalformed(() -> QuotaChanges.decode(both.build()));
        assertMalformed(() -> QuotaChanges.decode(set.build()));
        assertMalformed(() -> QuotaChanges.decode(reset.build()));
    }

    @Test
    void anEndlessRequestIsMalformed() {
        var endless = QuotaChanges.encode(REQUEST).toBuilder();
        endless.addAllAlterations(Collections.nCopies(QuotaChanges.ALTERATIONS_MAX, endless.getAlterations(0)));

        assertMalformed(() -> QuotaChanges.decode(endless.build()));
    }

    @Test
    void anAnswerOfWhichAPartIsEmptyIsMalformed() {
        var answer = AlterQuotasResponse.Alterations.newBuilder();
        answer.addPartsBuilder();

        assertMalformed(() -> QuotaChanges.decode(answer.build()));
    }

    static Stream<Consumer<MetadataRecord.Quota.Builder>> whatNoControllerCommits() {
        return Stream.of(
                MetadataRecord.Quota.Builder::clearLimits,
                MetadataRecord.Quota.Builder::clearEntity,
                quota -> quota.putLimits("producer_byte_rate", 0),
                quota -> quota.putLimits("producer_byte_rate", Double.NaN),
                quota -> quota.putLimits("connection_creation_rate", 1),
                quota -> quota.putLimits("a_later_kind", 1),
                quota -> quota.getEntityBuilder().getUserBuilder().setNamed(""),
                quota -> quota.getEntityBuilder().getUserBuilder().setNamed("x".repeat(513)),
                quota -> quota.clearLimits()
                        .putLimits("connection_creation_rate", 1)
                        .getEntityBuilder()
                        .clearUser()
                        .getIpBuilder()
                        .setNamed("0:0::1"));
    }

    @ParameterizedTest
    @MethodSource("whatNoControllerCommits")
    void aFactThatNoControllerCommitsIsMalformed(Consumer<MetadataRecord.Quota.Builder> change) throws Exception {
        MetadataRecord.Quota.Builder quota = MetadataRecord.Quota.newBuilder().putLimits("producer_byte_rate", 1000);
        quota.getEntityBuilder().getUserBuilder().setNamed("alice");
        QuotaFacts.decode(quota.build());

        change.accept(quota);

        assertMalformed(() -> QuotaFacts.decode(quota.build()));
    }

    private static void assertMalformed(ThrowingCallable decoding) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(decoding)
                .satisfies(e -> assertThat(e.problem()).endsWith("."));
    }
}
