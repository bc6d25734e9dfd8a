package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.helm.NetworkPolicies.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NetworkPolicyTest {
    private static final Pod ELSEWHERE = new Pod("elsewhere", Map.of("app", "anything"));
    private static final Pod PROMETHEUS = new Pod("monitoring", Map.of("app", "prometheus"));
    private static final Pod DNS = new Pod("kube-system", Map.of("k8s-app", "kube-dns"));

    @Test
    void exactlyTheConnectionsThatAreNeededAreOpen() {
        assertThat(open(Chart.render("single"), ELSEWHERE))
                .containsExactlyInAnyOrder(
                        "broker -> controller:19093",
                        "gateway -> controller:19093",
                        "gateway -> broker:19092",
                        "broker -> broker:19092",
                        "controller -> zookeeper:2181",
                        "zookeeper -> zookeeper:2888",
                        "zookeeper -> zookeeper:3888",
                        "client -> gateway:50051",
                        "outside -> gateway:9092",
                        "outside -> gateway:8082",
                        "outside -> gateway:50051",
                        "outside -> broker:9404",
                        "outside -> controller:9404",
                        "outside -> gateway:9404",
                        "outside -> zookeeper:9404");
    }

    @Test
    void monitoringCanBeGivenToOneNamespaceOnly() {
        Manifests manifests = Chart.render("monitoring");

        assertThat(open(manifests, PROMETHEUS)).contains("outside -> broker:9404");
        assertThat(open(manifests, ELSEWHERE)).noneMatch(connection -> connection.endsWith(":9404"));
    }

    @Test
    void clientsCanBeGivenByAddressWithoutLockingOutTheReleasesOwn() {
        assertThat(open(Chart.render("ha"), ELSEWHERE))
                .contains("client -> gateway:50051")
                .doesNotContain("outside -> gateway:8082", "outside -> gateway:50051");
    }

    @Test
    void controllersReachZooKeeperThatIsElsewhere() {
        Manifests manifests = Chart.render("external-zookeeper");
        NetworkPolicies policies = new NetworkPolicies(manifests.all("NetworkPolicy"));
        Pod controller = new Pod(
                Chart.NAMESPACE, manifests.podsOf("controller").getFirst().labels());
        Pod zookeeper = new Pod("infrastructure", Map.of());

        assertThat(policies.allow(controller, zookeeper, 2181)).isTrue();
        assertThat(policies.allow(controller, zookeeper, 2182)).isTrue();
        assertThat(policies.allow(controller, zookeeper, 2183)).isFalse();
        assertThat(policies.allow(controller, ELSEWHERE, 2181)).isFalse();
    }

    @Test
    void withoutPoliciesEverythingIsOpen() {
        Manifests manifests = Chart.render("ephemeral");

        assertThat(manifests.all("NetworkPolicy")).isEmpty();
        assertThat(open(manifests, ELSEWHERE)).contains("outside -> zookeeper:2181", "client -> broker:19092");
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void everyPodMayAskForNames(String example) {
        Manifests manifests = Chart.render(example);
        NetworkPolicies policies = new NetworkPolicies(manifests.all("NetworkPolicy"));

        assertThat(ends(manifests).values()).allSatisfy(pod -> {
            assertThat(policies.allow(pod, DNS, 53)).isTrue();
            assertThat(policies.allow(pod, ELSEWHERE, 443)).isFalse();
        });
    }

    static Stream<String> restricted() {
        return Chart.examples().filter(example -> !example.equals("ephemeral"));
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void everyPolicySelectsPods(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.all("NetworkPolicy"))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(manifests.podsWith(
                                policy.at("spec", "podSelector", "matchLabels").pairs()))
                        .isNotEmpty());
    }

    private static List<String> open(Manifests manifests, Pod outside) {
        NetworkPolicies policies = new NetworkPolicies(manifests.all("NetworkPolicy"));
        Map<String, Pod> ends = ends(manifests);
        Map<String, Pod> sources = new LinkedHashMap<>(ends);
        sources.put("outside", outside);
        List<String> open = new ArrayList<>();
        sources.forEach((from, source) -> ends.forEach((to, target) -> ports(manifests, to)
                .filter(port -> policies.allow(source, target, port))
                .forEach(port -> open.add(from + " -> " + to + ":" + port))));
        return open;
    }

    private static Map<String, Pod> ends(Manifests manifests) {
        Map<String, Pod> ends = new LinkedHashMap<>();
        manifests.pods().forEach(pod -> ends.put(pod.component(), new Pod(Chart.NAMESPACE, pod.labels())));
        return ends;
    }

    private static Stream<Integer> ports(Manifests manifests, String component) {
        return manifests.podsOf(component).stream()
                .flatMap(pod -> pod.ports().stream())
                .map(port -> port.at("containerPort").number())
                .distinct();
    }
}
