package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that names something else names something that is there. */
final class ReferencesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Za-z_]+)\\)");

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyServiceSelectsPodsAndNamesPortsOfTheirs(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.all("Service")).isNotEmpty().allSatisfy(service -> {
            List<PodTemplate> pods =
                    manifests.podsWith(service.at("spec", "selector").pairs());
            assertThat(pods).as("pods of %s", service).isNotEmpty();
            for (Node port : service.at("spec", "ports").list()) {
                assertThat(pods)
                        .allSatisfy(pod -> assertThat(pod.port(port.at("targetPort")))
                                .contains(port.at("port").number()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyWorkloadSelectsItsOwnPodsAndNoOthers(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.pods())
                .filteredOn(PodTemplate::service)
                .allSatisfy(pod -> assertThat(manifests.podsWith(pod.owner()
                                .at("spec", "selector", "matchLabels")
                                .pairs()))
                        .containsExactly(pod));
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyStatefulSetHasAHeadlessServiceThatNamesItsPods(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.podsOf("broker")).isNotEmpty();
        assertThat(manifests.all("StatefulSet")).isNotEmpty().allSatisfy(set -> {
            Resource service =
                    manifests.one("Service", set.at("spec", "serviceName").text());
            assertThat(service.at("spec", "clusterIP").text()).isEqualTo("None");
            assertThat(service.at("spec", "publishNotReadyAddresses").is(true)).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.PodSecurityTest#pods")
    void everyMountHasAVolumeAndEveryVolumeIsMounted(PodTemplate pod) {
        List<String> mounted = pod.containers().stream()
                .flatMap(container -> container.at("volumeMounts").list().stream())
                .map(mount -> mount.at("name").text())
                .distinct()
                .toList();
        List<String> volumes = Stream.concat(
                        pod.spec().at("volumes").list().stream().map(volume -> volume.at("name")),
                        pod.owner().at("spec", "volumeClaimTemplates").list().stream()
                                .map(claim -> claim.at("metadata", "name")))
                .map(Node::text)
                .toList();

        assertThat(mounted).containsExactlyInAnyOrderElementsOf(volumes);
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyConfigMapThatIsMountedIsThere(String example) {
        Manifests manifests = Chart.render(example);

        for (PodTemplate pod : manifests.pods()) {
            for (Node volume : pod.spec().at("volumes").list()) {
                Node name = volume.at("configMap", "name");
                if (name.present()) {
                    assertThat(manifests
                                    .one("ConfigMap", name.text())
                                    .at("data")
                                    .map())
                            .isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.PodSecurityTest#pods")
    void variablesAreSetOnceAndUseOnlyThoseBeforeThem(PodTemplate pod) {
        for (Node container : pod.containers()) {
            List<String> known = new ArrayList<>();
            for (Node variable : container.at("env").list()) {
                String value =
                        variable.at("value").present() ? variable.at("value").text() : "";
                Matcher used = VARIABLE.matcher(value);
                while (used.find()) {
                    assertThat(known).contains(used.group(1));
                }
                known.add(variable.at("name").text());
            }
            assertThat(known).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyPodHasAnAccountThatTheReleaseMakesOrTheValuesName(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.pods()).allSatisfy(pod -> {
            String account = pod.spec().at("serviceAccountName").text();
            if (!account.equals("streaming")) {
                assertThat(manifests
                                .one("ServiceAccount", account)
                                .at("automountServiceAccountToken")
                                .is(false))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyIngressLeadsToAPortOfAService(String example) {
        Manifests manifests = Chart.render(example);

        for (Resource ingress : manifests.all("Ingress")) {
            Node backend = ingress.at("spec", "rules")
                    .list()
                    .getFirst()
                    .at("http", "paths")
                    .list()
                    .getFirst()
                    .at("backend", "service");
            assertThat(manifests
                            .one("Service", backend.at("name").text())
                            .at("spec", "ports")
                            .list())
                    .anyMatch(port ->
                            port.at("name").is(backend.at("port", "name").text()));
            assertThat(ingress.at("spec", "tls").list().getFirst().at("hosts").texts())
                    .containsExactly(ingress.at("spec", "rules")
                            .list()
                            .getFirst()
                            .at("host")
                            .text());
        }
        assertThat(manifests.all("Ingress")).hasSize(example.equals("tls-ready") ? 2 : 0);
    }
}
