package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The "restricted" profile of the pod security standards, and what goes beyond it. */
final class PodSecurityTest {
    private static final Set<String> VOLUME_KINDS = Set.of("name", "emptyDir", "configMap");

    static Stream<PodTemplate> pods() {
        return Chart.examples().flatMap(example -> Chart.render(example).pods().stream());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsRunAsAUserWithoutRights(PodTemplate pod) {
        Node context = pod.spec().at("securityContext");

        assertThat(context.at("runAsNonRoot").is(true)).isTrue();
        assertThat(context.at("runAsUser").number()).isEqualTo(pod.component().equals("zookeeper") ? 1000 : 10001);
        assertThat(context.at("fsGroup").number())
                .isEqualTo(context.at("runAsUser").number());
        assertThat(context.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
        assertThat(pod.spec().map()).doesNotContainKeys("hostNetwork", "hostPID", "hostIPC", "hostUsers");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsHaveNoTokenForKubernetes(PodTemplate pod) {
        assertThat(pod.spec().at("automountServiceAccountToken").is(false)).isTrue();
    }

    /** A Service millrace-broker would become the variable MILLRACE_BROKER_PORT, which is also the name of a setting. */
    @ParameterizedTest
    @MethodSource("pods")
    void servicesDoNotBecomeVariablesOfThePods(PodTemplate pod) {
        assertThat(pod.spec().at("enableServiceLinks").is(false)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void containersCanDoNothingButRun(PodTemplate pod) {
        assertThat(pod.containers()).isNotEmpty().allSatisfy(container -> {
            Node context = container.at("securityContext");
            assertThat(context.at("allowPrivilegeEscalation").is(false)).isTrue();
            assertThat(context.at("runAsNonRoot").is(true)).isTrue();
            assertThat(context.at("readOnlyRootFilesystem").is(true)).isTrue();
            assertThat(context.at("capabilities").value()).isEqualTo(Map.of("drop", List.of("ALL")));
            assertThat(context.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
            assertThat(context.map()).doesNotContainKeys("privileged", "procMount", "runAsUser");
        });
    }

    @ParameterizedTest
    @MethodSource("pods")
    void containersHaveATemporaryDirectoryAndNoVolumeOfTheNode(PodTemplate pod) {
        assertThat(pod.spec().at("volumes").list())
                .allSatisfy(volume ->
                        assertThat(VOLUME_KINDS).containsAll(volume.map().keySet()));
        assertThat(pod.containers())
                .allSatisfy(container -> assertThat(container.at("volumeMounts").list())
                        .anyMatch(mount -> mount.at("mountPath").is("/tmp")));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void containersSayWhatTheyNeedAndHaveALimitOfMemory(PodTemplate pod) {
        assertThat(pod.containers()).allSatisfy(container -> {
            Node resources = container.at("resources");
            assertThat(resources.at("requests").map()).containsKeys("cpu", "memory");
            assertThat(resources.at("limits", "memory").text())
                    .isEqualTo(resources.at("requests", "memory").text());
        });
    }

    @ParameterizedTest
    @MethodSource("pods")
    void imagesNameAVersion(PodTemplate pod) {
        assertThat(pod.containers())
                .extracting(container -> container.at("image").text())
                .allMatch(image -> image.matches("[a-z0-9./-]+:[A-Za-z0-9._-]+(@sha256:[0-9a-f]{64})?"))
                .noneMatch(image -> image.contains(":latest"));
    }
}
