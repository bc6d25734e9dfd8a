package io.millrace.gateway.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import org.junit.jupiter.api.Test;

class DocsResourceTest {
    private final RestDoor door = RestDoor.open();

    @Test
    void theContractIsServedAsItIsWritten() throws Exception {
        Answer answer = door.get("/openapi");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/yaml");
        assertThat(answer.text()).startsWith("openapi: 3.1.0");
    }

    @Test
    void thePageFindsItsScriptAndItsStyleHere() throws Exception {
        assertThat(door.get("/docs").text()).contains("/webjars/swagger-ui/swagger-ui-bundle.js");
        assertThat(door.get("/webjars/swagger-ui/swagger-ui-bundle.js").status())
                .isEqualTo(200);
        assertThat(door.get("/webjars/swagger-ui/swagger-ui.css").status()).isEqualTo(200);
    }
}
