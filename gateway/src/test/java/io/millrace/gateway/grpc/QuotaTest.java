package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.millrace.v1.AlterQuotasRequest;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListQuotasResponse;
import io.millrace.v1.Quota;
import io.millrace.v1.QuotaAlteration;
import io.millrace.v1.QuotaChange;
import io.millrace.v1.QuotaEntity;
import io.millrace.v1.QuotaName;
import io.millrace.v1.QuotaServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final QuotaServiceGrpc.QuotaServiceBlockingStub quotas =
            QuotaServiceGrpc.newBlockingStub(GrpcDoor.open().channel());

    @AfterEach
    void resetAll() {
        for (Quota quota : list(0)) {
            alter(QuotaAlteration.newBuilder()
                    .setEntity(quota.getEntity())
                    .addAllReset(quota.getLimitsMap().keySet()));
        }
    }

    @Test
    void quotasAreSetResetAndListed() {
        QuotaEntity anyApp = QuotaEntity.newBuilder()
                .setUser(QuotaName.newBuilder().setAnyOther(QuotaName.AnyOther.getDefaultInstance()))
                .setClientId(named("app"))
                .build();
        alter(
                set(user("alice"), "producer_byte_rate", 1000).putSet("request_percentage", 12.5),
                set(anyApp, "consumer_byte_rate", 5));

        alter(QuotaAlteration.newBuilder().setEntity(user("alice")).addReset("producer_byte_rate"));

        assertThat(list(0))
                .containsExactly(
                        Quota.newBuilder()
                                .setEntity(user("alice"))
                                .putLimits("request_percentage", 12.5)
                                .build(),
                        Quota.newBuilder()
                                .setEntity(anyApp)
                                .putLimits("consumer_byte_rate", 5)
                                .build());
    }

    @Test
    void pagesHaveAllQuotasOnce() {
        for (int i = 0; i < 5; i++) {
            alter(set(user("user-" + i), "producer_byte_rate", 1000));
        }

        assertThat(list(2))
                .extracting(quota -> quota.getEntity().getUser().getNamed())
                .containsExactly("user-0", "user-1", "user-2", "user-3", "user-4");
    }

    @Test
    void eachEntityIsRefusedByItself() {
        List<QuotaChange> changes =
                alter(set(user("alice"), "producer_byte_rate", -1), set(ip("0:0::1"), "connection_creation_rate", 5));

        assertThat(changes.get(0).getEntity()).isEqualTo(user("alice"));
        assertThat(changes.get(0).getError().getKafkaError()).isEqualTo("INVALID_REQUEST");
        assertThat(changes.get(1).hasError()).isFalse();
        assertThat(changes.get(1).getEntity()).isEqualTo(ip("::1"));
        assertThat(list(0)).hasSize(1);
    }

    @Test
    void validatingSetsNothing() {
        quotas.alterQuotas(AlterQuotasRequest.newBuilder()
                .addAlterations(set(user("alice"), "producer_byte_rate", 1000))
                .setValidateOnly(true)
                .build());

        assertThat(list(0)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefusedAsAwhole() {
        QuotaEntity nameless =
                QuotaEntity.newBuilder().setUser(QuotaName.getDefaultInstance()).build();
        QuotaEntity both = user("alice").toBuilder().setIp(named("::1")).build();

        assertInvalid(set(QuotaEntity.getDefaultInstance(), "producer_byte_rate", 1));
        assertInvalid(set(nameless, "producer_byte_rate", 1));
        assertInvalid(set(both, "producer_byte_rate", 1));
        assertInvalid(set(user("alice"), "no_such_rate", 1));
        assertInvalid(QuotaAlteration.newBuilder().setEntity(user("alice")).addReset("no_such_rate"));
        assertThat(Failure.of(() -> quotas.listQuotas(ListQuotasRequest.newBuilder()
                                .setPageSize(1_001)
                                .build()))
                        .code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Failure.of(() -> quotas.listQuotas(
                                ListQuotasRequest.newBuilder().setPageToken("x").build()))
                        .code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private void assertInvalid(QuotaAlteration.Builder alteration) {
        Failure failure = Failure.of(() -> alter(set(user("bob"), "producer_byte_rate", 1), alteration));

        assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(list(0)).isEmpty();
    }

    private List<QuotaChange> alter(QuotaAlteration.Builder... alterations) {
        AlterQuotasRequest.Builder request = AlterQuotasRequest.newBuilder();
        List.of(alterations).forEach(request::addAlterations);
        return quotas.alterQuotas(request.build()).getChangesList();
    }

    private List<Quota> list(int pageSize) {
        List<Quota> all = new ArrayList<>();
        String token = "";
        do {
            ListQuotasResponse page = quotas.listQuotas(ListQuotasRequest.newBuilder()
                    .setPageSize(pageSize)
                    .setPageToken(token)
                    .build());
            assertThat(page.getQuotasCount()).isLessThanOrEqualTo(pageSize == 0 ? 500 : pageSize);
            all.addAll(page.getQuotasList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    private static QuotaAlteration.Builder set(QuotaEntity entity, String name, double limit) {
        return QuotaAlteration.newBuilder().setEntity(entity).putSet(name, limit);
    }

    private static QuotaEntity user(String name) {
        return QuotaEntity.newBuilder().setUser(named(name)).build();
    }

    private static QuotaEntity ip(String address) {
        return QuotaEntity.newBuilder().setIp(named(address)).build();
    }

    private static QuotaName named(String name) {
        return QuotaName.newBuilder().setNamed(name).build();
    }
}
