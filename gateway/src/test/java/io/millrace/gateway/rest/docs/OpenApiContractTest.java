package io.millrace.gateway.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.rest.Answer;
import io.millrace.gateway.rest.RestDoor;
import io.millrace.gateway.rest.docs.Contract.Operation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract file is the truth: every operation in it is called, and no operation is outside it. */
class OpenApiContractTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RestDoor DOOR = RestDoor.open();
    private static Contract contract;

    @BeforeAll
    static void prepareTheTopicThatTheExamplesName() throws Exception {
        contract = Contract.read();
        DOOR.post("topics", "application/json", "{\"topic_name\":\"orders\",\"partitions_count\":3}");
        for (int i = 0; i < 6; i++) {
            DOOR.post(
                    "topics/orders/records",
                    "application/json",
                    "{\"partition_id\":0,\"key\":\"k\",\"value\":{\"n\":" + i + "}}");
        }
    }

    @Test
    void everyOperationThatIsServedIsInTheContractAndTheReverse() {
        TreeSet<String> inTheContract = new TreeSet<>();
        for (Operation operation : contract.operations()) {
            inTheContract.add(operation.method() + " " + operation.path().replaceAll("\\{\\w+}", "{}"));
        }

        assertThat(DOOR.operations()).isEqualTo(inTheContract);
    }

    @TestFactory
    Stream<DynamicTest> everyOperationAnswersItsExampleAsTheContractSays() {
        return contract.operations().stream()
                .sorted(Comparator.comparingInt(OpenApiContractTest::turn))
                .flatMap(operation -> calls(operation).stream());
    }

    @Test
    void anErrorIsAsTheContractSays() throws Exception {
        Answer answer = DOOR.get("topics/no-such-topic");

        assertThat(contract.problemsOf(answer.json(), contract.schema("Problem")))
                .isEmpty();
    }

    /** Deletions come last, the deeper ones first, so that nothing is gone before it is asked for. */
    private static int turn(Operation operation) {
        return switch (operation.method()) {
            case "GET" -> 0;
            case "DELETE" -> 1_000 - operation.path().length();
            default -> 1;
        };
    }

    private static List<DynamicTest> calls(Operation operation) {
        List<DynamicTest> calls = new ArrayList<>();
        if (operation.exampleBodies().isEmpty()) {
            List<String> accepted = operation.answers().isEmpty()
                    ? List.of("*/*")
                    : List.copyOf(operation.answers().keySet());
            for (String accept : accepted) {
                HttpRequest.Builder request = DOOR.request(operation.exampleUrl())
                        .header("Accept", accept)
                        .method(operation.method(), BodyPublishers.noBody());
                calls.add(call(operation, accept, request));
            }
        }
        operation.exampleBodies().forEach((type, example) -> {
            String body = type.equals("application/json") ? example.toString() : example.asString();
            HttpRequest.Builder request = DOOR.request(operation.exampleUrl())
                    .header("Content-Type", type)
                    .method(operation.method(), BodyPublishers.ofString(body));
            calls.add(call(operation, type, request));
        });
        return calls;
    }

    private static DynamicTest call(Operation operation, String type, HttpRequest.Builder request) {
        return DynamicTest.dynamicTest(operation + " as " + type, () -> {
            Answer answer = DOOR.send(request);

            assertThat(answer.status()).as(answer.text()).isEqualTo(operation.status());
            Map<String, JsonNode> answers = operation.answers();
            if (answers.isEmpty()) {
                assertThat(answer.text()).isEmpty();
                return;
            }
            String media = answer.header("Content-Type").replaceAll(";.*", "");
            assertThat(answers).containsKey(media);
            List<JsonNode> values = values(media, answer);
            assertThat(values).isNotEmpty();
            for (JsonNode value : values) {
                assertThat(contract.problemsOf(value, answers.getOrDefault(media, value)))
                        .as(value.toString())
                        .isEmpty();
            }
        });
    }

    /** The JSON values that an answer of that content type carries. */
    private static List<JsonNode> values(String media, Answer answer) {
        return switch (media) {
            case "application/x-ndjson" ->
                answer.text().lines().map(JSON::readTree).toList();
            case "text/event-stream" ->
                Stream.of(answer.text().split("\n\n"))
                        // Events with a name of their own say how the stream goes on, not what is in the log.
                        .filter(event -> !event.startsWith("event:"))
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> JSON.readTree(line.substring("data:".length())))
                        .toList();
            default -> List.of(answer.json());
        };
    }
}
