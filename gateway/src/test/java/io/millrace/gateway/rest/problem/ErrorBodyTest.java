package io.millrace.gateway.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ErrorBodyTest {
    private final RestDoor door = RestDoor.open();

    @Test
    void anUnknownPathIsAnErrorOfBothKindsAtOnce() throws Exception {
        Answer answer = door.get("/v3/nothing");

        JsonNode body = problem(answer, 404, 404);
        assertThat(body.get("type").asString()).isEqualTo("/docs/errors/unknown-path");
        assertThat(body.get("title").asString()).isEqualTo("Unknown path");
        assertThat(body.get("instance").asString()).isEqualTo("/v3/nothing");
        assertThat(body.get("message")).isEqualTo(body.get("detail"));
    }

    @Test
    void theTypeOfAnErrorLeadsToWhatItMeans() throws Exception {
        String type = door.get("topics/nowhere/records").json().get("type").asString();

        JsonNode meaning = door.get(type).json();

        assertThat(meaning.get("type").asString()).isEqualTo(type);
        assertThat(meaning.get("title").asString()).isEqualTo("Unknown topic");
        assertThat(door.get("/docs/errors").json()).hasSize(ProblemKind.values().length);
    }

    @Test
    void anUnknownVersionOfHttpIsNotAFaultOfTheServer() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.getOutputStream()
                    .write("GET /v3/clusters HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 505")
                    .contains("\"status\":505", "/docs/errors/http-version");
        }
    }

    @Test
    void anotherClusterIsNotFound() throws Exception {
        assertThat(problem(door.get("/v3/clusters/elsewhere/health"), 404, 40401)
                        .get("detail")
                        .asString())
                .contains("elsewhere");
    }

    @Test
    void everyAnswerCarriesAnIdAndAnErrorRepeatsIt() throws Exception {
        Answer answer = door.get("/nothing");

        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.json().get("request_id").asString()).isEqualTo(answer.header("X-Request-Id"));
    }

    @Test
    void theCallersOwnIdIsKept() throws Exception {
        Answer answer = door.send(door.request("/nothing").header("X-Request-Id", "order-17"));

        assertThat(answer.json().get("request_id").asString()).isEqualTo("order-17");
    }

    @Test
    void aHarmfulIdIsReplaced() throws Exception {
        Answer answer = door.send(door.request("/nothing").header("X-Request-Id", "<script>"));

        assertThat(answer.json().get("request_id").asString()).doesNotContain("<");
    }

    @Test
    void aWrongMethodIsToldWhichOnesThereAre() throws Exception {
        Answer answer = door.send(door.request("health").DELETE());

        problem(answer, 405, 405);
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void aWrongContentTypeIsToldWhichOnesThereAre() throws Exception {
        problem(door.post("/test/json", "application/xml", "<a/>"), 415, 415);
    }

    @Test
    void anAnswerInAnotherTypeIsNotToBeHad() throws Exception {
        Answer answer = door.send(door.request("/test/json")
                .header("Accept", "image/png")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"some_name\":\"a\"}")));

        problem(answer, 406, 406);
    }

    @Test
    void aPathVariableOfTheWrongFormIsTheCallersMistake() throws Exception {
        problem(door.get("/test/number/seven"), 400, 40002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[1]", "{\"some_nmae\":1}", "{\"some_name\":\"a\"} x"})
    void jsonThatIsNotWhatIsNeededIsUnparsable(String body) throws Exception {
        problem(door.post("/test/json", "application/json", body), 422, 42201);
    }

    @Test
    void aBugTellsNothingButItsRequestId() throws Exception {
        Answer answer = door.get("/test/bug");

        problem(answer, 500, 50002);
        assertThat(answer.text()).doesNotContain("secret", "Exception", "io.millrace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v3/topics/a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v3/<b>{}| HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /v3 HTTP/9.9\r\nHost: a\r\n\r\n",
            })
    void whatTheContainerRefusesIsNeverAPageInHtml(String request) throws Exception {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("<html", "tomcat", "exception");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode problem(Answer answer, int status, int errorCode) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith(ProblemWriter.MEDIA_TYPE);
        JsonNode body = answer.json();
        assertThat(body.get("status").asInt()).isEqualTo(status);
        assertThat(body.get("error_code").asInt()).isEqualTo(errorCode);
        return body;
    }
}
