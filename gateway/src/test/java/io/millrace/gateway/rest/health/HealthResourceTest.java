package io.millrace.gateway.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import org.junit.jupiter.api.Test;

class HealthResourceTest {
    private final RestDoor door = RestDoor.open();

    @Test
    void theVerdictIsDataWithReasons() throws Exception {
        Answer answer = door.get("/v3/clusters/in-memory-cluster/health");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("cluster_id").asString()).isEqualTo("in-memory-cluster");
        assertThat(answer.json().get("healthy").asBoolean())
                .isEqualTo(answer.json().get("reasons").isEmpty());
        assertThat(answer.json().get("controller_id").asString()).isEqualTo("controller-0");
        assertThat(answer.json().get("offline_partitions")).isEmpty();
    }
}
