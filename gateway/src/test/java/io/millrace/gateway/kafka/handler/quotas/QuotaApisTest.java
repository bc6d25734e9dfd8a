package io.millrace.gateway.kafka.handler.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntryData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas are set and told as in Kafka (KIP-546). */
class QuotaApisTest {
    private static final int EXACT = 0;
    private static final int DEFAULT = 1;
    private static final int ANY = 2;
    private static final String RATE = QuotaKind.PRODUCER_BYTE_RATE.configName();
    private static final QuotaEntity ANNA = QuotaEntity.ofUser(QuotaName.of("anna"));

    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        client = door.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void aQuotaIsSetChangedAndRemoved() throws IOException {
        assertThat(alter(entry(set(RATE, 1_000), "user", "anna")).errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(door.view().image().quotas().limits(ANNA)).containsEntry(QuotaKind.PRODUCER_BYTE_RATE, 1_000.0);

        alter(entry(remove(RATE), "user", "anna"));

        assertThat(door.view().image().quotas().all()).isEmpty();
    }

    @Test
    void anAlterationThatIsOnlyCheckedChangesNothing() throws IOException {
        AlterClientQuotasRequestData request = new AlterClientQuotasRequestData()
                .setValidateOnly(true)
                .setEntries(List.of(entry(set(RATE, 1_000), "user", "anna")));

        assertThat(alterAll(request).getFirst().errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(door.view().image().quotas().all()).isEmpty();
    }

    @Test
    void eachEntityHasAnErrorOfItsOwn() throws IOException {
        List<AlterClientQuotasResponseData.EntryData> results = alterAll(new AlterClientQuotasRequestData()
                .setEntries(List.of(
                        entry(set(RATE, -1), "user", "wrong"),
                        entry(set(RATE, 1), "user", "right"),
                        entry(set(RATE, 1), "group", "g"))));

        assertThat(results)
                .extracting(AlterClientQuotasResponseData.EntryData::errorCode)
                .containsExactly(Errors.INVALID_REQUEST.code(), Errors.NONE.code(), Errors.INVALID_REQUEST.code());
        assertThat(results.get(0).errorMessage()).contains(RATE);
        assertThat(results.get(2).errorMessage()).contains("no such entity type");
        assertThat(results.get(2).entity().getFirst().entityName()).isEqualTo("g");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedWithTheReason() throws IOException {
        assertThat(refusalOf(entry(set("colour", 1), "user", "u"))).contains("no quota 'colour'");
        assertThat(refusalOf(entry(set(RATE, 1)))).contains("for nobody");
        assertThat(refusalOf(entry(set(RATE, 1), "user", "u", "user", "v"))).contains("more than once");
        assertThat(refusalOf(entry(set(RATE, 1), "user", "u", "ip", "1.2.3.4"))).contains("ip");
        assertThat(refusalOf(entry(set(RATE, 1), "ip", "1.2.3.4"))).contains(RATE);
        EntryData twice = entry(set(RATE, 1), "user", "u");
        twice.setOps(List.of(set(RATE, 1), remove(RATE)));
        assertThat(refusalOf(twice)).contains("more than once");
    }

    @Test
    void anEntityThatIsNamedTwiceIsRefused() throws IOException {
        List<AlterClientQuotasResponseData.EntryData> results = alterAll(new AlterClientQuotasRequestData()
                .setEntries(List.of(entry(set(RATE, 1), "user", "anna"), entry(set(RATE, 2), "user", "anna"))));

        assertThat(results)
                .allSatisfy(result -> assertThat(result.errorMessage()).contains("more than once"));
        assertThat(door.view().image().quotas().all()).isEmpty();
    }

    @Test
    void aFilterFindsByNameByDefaultAndByWhateverIsThere() throws IOException {
        setAll();

        assertThat(describe(false, component("user", EXACT, "anna")))
                .containsExactly("user=anna", "user=anna,client-id=c");
        assertThat(describe(false, component("user", DEFAULT, null))).containsExactly("user=null");
        assertThat(describe(false, component("client-id", ANY, null)))
                .containsExactly("client-id=c", "user=anna,client-id=c");
        assertThat(describe(false)).hasSize(5);
    }

    @Test
    void aStrictFilterFindsNothingThatHasMoreParts() throws IOException {
        setAll();

        assertThat(describe(true, component("user", EXACT, "anna"))).containsExactly("user=anna");
        assertThat(describe(true, component("user", EXACT, "anna"), component("client-id", ANY, null)))
                .containsExactly("user=anna,client-id=c");
        assertThat(describe(true)).isEmpty();
    }

    @Test
    void anAddressIsFoundInAnySpelling() throws IOException {
        setAll();

        assertThat(describe(false, component("ip", EXACT, "0:0:0:0:0:0:0:1"))).hasSize(1);
    }

    @Test
    void aFilterThatMakesNoSenseIsRefusedWithTheReason() throws IOException {
        assertThat(problemOf(component("group", ANY, null))).contains("no such entity type");
        assertThat(problemOf(component("user", 3, null))).contains("no match type 3");
        assertThat(problemOf(component("user", EXACT, null))).contains("exactly");
        assertThat(problemOf(component("user", ANY, "x"))).contains("exactly");
        assertThat(problemOf(component("user", ANY, null), component("user", ANY, null)))
                .contains("more than once");
        assertThat(problemOf(component("user", ANY, null), component("ip", ANY, null)))
                .contains("ip");
    }

    private void setAll() throws IOException {
        alter(entry(set(RATE, 1), "user", "anna"));
        alter(entry(set(RATE, 2), "user", null));
        alter(entry(set(RATE, 3), "user", "anna", "client-id", "c"));
        alter(entry(set(RATE, 4), "client-id", "c"));
        alter(entry(set(QuotaKind.CONNECTION_CREATION_RATE.configName(), 5), "ip", "::1"));
    }

    private static EntryData entry(OpData change, @Nullable String... typesAndNames) {
        List<EntityData> entity = new ArrayList<>();
        for (int i = 0; i < typesAndNames.length; i += 2) {
            entity.add(new EntityData().setEntityType(typesAndNames[i]).setEntityName(typesAndNames[i + 1]));
        }
        return new EntryData().setEntity(entity).setOps(List.of(change));
    }

    private static OpData set(String key, double value) {
        return new OpData().setKey(key).setValue(value);
    }

    private static OpData remove(String key) {
        return new OpData().setKey(key).setRemove(true);
    }

    private AlterClientQuotasResponseData.EntryData alter(EntryData entry) throws IOException {
        return alterAll(new AlterClientQuotasRequestData().setEntries(List.of(entry)))
                .getFirst();
    }

    private String refusalOf(EntryData entry) throws IOException {
        AlterClientQuotasResponseData.EntryData result = alter(entry);
        assertThat(result.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        return result.errorMessage();
    }

    private List<AlterClientQuotasResponseData.EntryData> alterAll(AlterClientQuotasRequestData request)
            throws IOException {
        return client.call(request, 1, AlterClientQuotasResponseData.class).entries();
    }

    private static ComponentData component(String type, int match, @Nullable String name) {
        return new ComponentData()
                .setEntityType(type)
                .setMatchType((byte) match)
                .setMatch(name);
    }

    private List<String> describe(boolean strict, ComponentData... components) throws IOException {
        DescribeClientQuotasRequestData request =
                new DescribeClientQuotasRequestData().setStrict(strict).setComponents(List.of(components));
        return client.call(request, 1, DescribeClientQuotasResponseData.class).entries().stream()
                .map(entry -> entry.entity().stream()
                        .map(part -> part.entityType() + "=" + part.entityName())
                        .collect(Collectors.joining(",")))
                .toList();
    }

    private String problemOf(ComponentData... components) throws IOException {
        DescribeClientQuotasResponseData response = client.call(
                new DescribeClientQuotasRequestData().setComponents(List.of(components)),
                1,
                DescribeClientQuotasResponseData.class);
        assertThat(response.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        return response.errorMessage();
    }
}
