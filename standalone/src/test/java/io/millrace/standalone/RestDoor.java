package io.millrace.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** REST, through the JDK's HTTP client. */
record RestDoor(int port) implements FrontDoor {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Override
    public void load(String topic) throws IOException, InterruptedException {
        HttpRequest request = request(topic, "key_field=" + Quakes.KEY_FIELD)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(Quakes.FILE))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
    }

    @Override
    public List<Stored> read(String topic) throws IOException, InterruptedException {
        HttpRequest request = request(topic, "from=earliest&until=end&value_format=binary")
                .header("Accept", "application/x-ndjson")
                .build();
        List<Stored> records = new ArrayList<>();
        for (String line : CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .toList()) {
            JsonNode record = JSON.readTree(line);
            byte[] value = Base64.getDecoder().decode(record.at("/value/data").asString());
            records.add(new Stored(
                    record.get("partition").asInt(),
                    record.get("offset").asLong(),
                    record.at("/key/data").asString(),
                    new String(value, StandardCharsets.UTF_8)));
        }
        return records;
    }

    private HttpRequest.Builder request(String topic, String query) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/v3/clusters/-/topics/" + topic + "/records?" + query));
    }
}
