package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The compose file is read as strictly as Compose reads it, and keeps what its documentation says. */
class ComposeFileTest {
    private static final List<String> OURS = List.of(
            "controller-1",
            "controller-2",
            "broker-1",
            "broker-2",
            "broker-3",
            "gateway-1",
            "gateway-2",
            "front",
            "cli");

    private final Map<String, Object> services =
            Yaml.read(Path.of("../docker-compose.yml")).at("services").map();

    @Test
    void ourProcessesRunWithoutPrivilegesOnAReadOnlyFileSystem() {
        for (String name : OURS) {
            Map<String, Object> service = map(services.get(name));
            assertThat(service)
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"));
        }
    }

    @Test
    void everythingThatRunsByDefaultFitsIntoTwoAndAHalfGibibytes() {
        long megabytes = services.values().stream()
                .map(ComposeFileTest::map)
                .filter(service -> !service.containsKey("profiles"))
                .mapToLong(service -> Long.parseLong(Objects.requireNonNull(service.get("mem_limit"))
                        .toString()
                        .replace("m", "")))
                .sum();

        assertThat(megabytes).isPositive().isLessThanOrEqualTo(2_560);
    }

    @Test
    void everyServiceThatKeepsSomethingHasTimeToStop() {
        services.forEach((name, service) -> {
            if (!map(service).containsKey("profiles")) {
                assertThat(map(service)).as(name).containsKey("stop_grace_period");
            }
        });
    }

    @Test
    void nothingIsPublishedBeyondThisMachineUnlessSomebodySaysSo() {
        services.forEach((name, service) -> {
            if (map(service).get("ports") instanceof List<?> ports) {
                assertThat(ports)
                        .as(name)
                        .allSatisfy(port -> assertThat(port.toString())
                                .matches("(127\\.0\\.0\\.1|\\$\\{MILLRACE_BIND:-127\\.0\\.0\\.1}):.*"));
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
