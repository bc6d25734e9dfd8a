package io.millrace.gateway.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class QuotaResourceTest {
    private static final RestDoor DOOR = RestDoor.open();

    @Test
    void quotasAreSetResetAndListed() throws Exception {
        alter("{'entity':{'user':{'name':'rest a/b'},'client_id':{'default':true}},"
                + "'set':{'producer_byte_rate':1000,'request_percentage':12.5}}");

        Answer answer = alter("{'entity':{'user':{'name':'rest a/b'},'client_id':{'default':true}},"
                + "'reset':['producer_byte_rate']}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(listed("rest a/b"))
                .singleElement()
                .satisfies(quota -> assertThat(quota.get("entity").toString())
                        .isEqualTo("{\"user\":{\"name\":\"rest a/b\"},\"client_id\":{\"default\":true}}"))
                .satisfies(
                        quota -> assertThat(quota.get("limits").toString()).isEqualTo("{\"request_percentage\":12.5}"));
    }

    @Test
    void pagesHaveAllQuotasOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            alter("{'entity':{'user':{'name':'paged'},'client_id':{'name':'%d'}},'set':{'producer_byte_rate':1}}"
                    .formatted(i));
        }

        assertThat(listed("paged"))
                .extracting(quota ->
                        quota.get("entity").get("client_id").get("name").asString())
                .containsExactly("0", "1", "2");
    }

    @Test
    void anEntityThatIsRefusedIsToldBesideTheOthers() throws Exception {
        Answer answer = alter("{'entity':{'user':{'name':'refused'}},'set':{'connection_creation_rate':1}},"
                + "{'entity':{'ip':{'name':'2001:DB8:0::1'}},'set':{'connection_creation_rate':1}}");

        assertThat(answer.status()).isEqualTo(207);
        JsonNode data = answer.json().get("data");
        assertThat(data.get(0).get("error").get("kafka_error").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(data.get(0).get("entity").toString()).isEqualTo("{\"user\":{\"name\":\"refused\"}}");
        assertThat(data.get(1).get("error").isNull()).isTrue();
        assertThat(data.get(1).get("entity").toString()).isEqualTo("{\"ip\":{\"name\":\"2001:db8::1\"}}");
        assertThat(listed("refused")).isEmpty();
    }

    @Test
    void validatingSetsNothing() throws Exception {
        Answer answer = DOOR.post(
                "quotas:alter",
                "application/json",
                json("{'alterations':[{'entity':{'user':{'name':'validated'}},'set':{'producer_byte_rate':1}}],"
                        + "'validate_only':true}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(listed("validated")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 422 | alterations",
                "{'alterations':[{}]} | 422 | entity",
                "{'alterations':[{'entity':{}}]} | 400 | nobody",
                "{'alterations':[{'entity':{'user':{}}}]} | 422 | name",
                "{'alterations':[{'entity':{'user':{'name':'a','default':true}}}]} | 400 | not both",
                "{'alterations':[{'entity':{'user':{'name':'a'},'ip':{'name':'::1'}}}]} | 400 | cannot be",
                "{'alterations':[{'entity':{'user':{'name':'a'}},'set':{'fast':1}}]} | 400 | producer_byte_rate",
                "{'alterations':[{'entity':{'user':{'name':'a'}},'set':{'producer_byte_rate':null}}]} | 422 | producer",
                "{'alterations':[{'entity':{'user':{'name':'a'}},'set':{'producer_byte_rate':'x'}}]} | 422 | set",
                "{'alterations':[{'entity':{'user':{'name':'a'}},'reset':['fast']}]} | 400 | producer_byte_rate",
            })
    void whatCannotBeReadIsRefusedAsAwhole(String body, int status, String part) throws Exception {
        Answer answer = DOOR.post("quotas:alter", "application/json", json(body));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("detail").asString()).contains(part);
    }

    private static Answer alter(String alterations) throws IOException, InterruptedException {
        return DOOR.post("quotas:alter", "application/json", json("{'alterations':[" + alterations + "]}"));
    }

    /** The quotas of a user, from pages as short as can be. */
    private static List<JsonNode> listed(String user) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String url = "quotas?page_size=1";
        while (url != null) {
            JsonNode page = DOOR.get(url).json();
            page.get("data").forEach(all::add);
            JsonNode next = page.get("metadata").get("next");
            url = next.isNull() ? null : next.asString().replaceAll("^http://[^/]+", "");
        }
        return all.stream()
                .filter(quota -> user.equals(
                        quota.get("entity").path("user").path("name").asString("")))
                .toList();
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
