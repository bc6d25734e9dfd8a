package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids, and the names by which processes find one another. */
final class AddressesTest {
    private static final String DOMAIN = ".streaming.svc.cluster.local";

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void brokersAndGatewaysKnowEveryControllerByItsPodsName(String example) {
        Manifests manifests = Chart.render(example);
        String controllers = String.join(
                ",",
                podNames(manifests, "millrace-controller").stream()
                        .map(pod -> pod + ".millrace-controller" + DOMAIN + ":19093")
                        .toList());

        assertThat(Stream.concat(manifests.podsOf("broker").stream(), manifests.podsOf("gateway").stream()))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(
                                pod.variable("MILLRACE_CONTROLLERS").at("value").text())
                        .isEqualTo(controllers));
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void whoIsReachedByNameAdvertisesTheNameOfItsPod(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.podsOf("broker"))
                .allSatisfy(pod -> assertThat(pod.variable("MILLRACE_BROKER_ADVERTISED_HOST")
                                .at("value")
                                .text())
                        .isEqualTo("$(POD_NAME).millrace-broker" + DOMAIN));
        assertThat(manifests.podsOf("controller"))
                .allSatisfy(pod -> assertThat(pod.variable("MILLRACE_CONTROLLER_ADVERTISED_HOST")
                                .at("value")
                                .text())
                        .isEqualTo("$(POD_NAME).millrace-controller" + DOMAIN));
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyProcessListensForOthers(String example) {
        assertThat(Chart.render(example).pods())
                .filteredOn(pod -> pod.service() && !pod.component().equals("zookeeper"))
                .allSatisfy(pod -> assertThat(
                                pod.variable("MILLRACE_HOST").at("value").text())
                        .isEqualTo("0.0.0.0"));
    }

    @Test
    void theNumberOfThePodIsTheIdOfWhatRunsInIt() {
        Map<String, String> ids = Map.of(
                "broker", "MILLRACE_BROKER_ID",
                "controller", "MILLRACE_CONTROLLER_ID",
                "zookeeper", "ZOO_MY_ID");

        ids.forEach((component, variable) -> assertThat(Chart.render("default").podsOf(component))
                .allSatisfy(pod -> assertThat(pod.variable(variable)
                                .at("valueFrom", "fieldRef", "fieldPath")
                                .text())
                        .isEqualTo("metadata.labels['apps.kubernetes.io/pod-index']")));
    }

    @Test
    void everyRackHasItsOwnBrokersWithIdsOfTheirOwn() {
        Manifests racks = Chart.render("racks");

        assertThat(racks.podsOf("broker")).hasSize(3).allSatisfy(pod -> {
            String rack = pod.variable("MILLRACE_BROKER_RACK").at("value").text();
            assertThat(pod.owner().name()).isEqualTo("millrace-broker-" + rack);
            assertThat(pod.spec().at("nodeSelector").pairs())
                    .containsEntry("topology.kubernetes.io/zone", "eu-central-1" + rack)
                    .containsEntry("disk", "ssd");
        });
        assertThat(racks.podsOf("broker").stream().flatMap(pod -> ordinals(pod.owner())))
                .containsExactlyInAnyOrder(100, 101, 200, 201, 300, 301, 302);
    }

    @Test
    void withoutRacksABrokerHasNone() {
        assertThat(Chart.render("default")
                        .podsOf("broker")
                        .getFirst()
                        .containers()
                        .getFirst()
                        .at("env")
                        .list())
                .noneMatch(variable -> variable.at("name").is("MILLRACE_BROKER_RACK"));
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void controllersKnowEveryZooKeeperServer(String example) {
        Manifests manifests = Chart.render(example);
        String connect = manifests
                .podsOf("controller")
                .getFirst()
                .variable("MILLRACE_ZOOKEEPER_CONNECT")
                .at("value")
                .text();

        if (example.equals("external-zookeeper")) {
            assertThat(manifests.podsOf("zookeeper")).isEmpty();
            assertThat(connect)
                    .isEqualTo("zk-0.zk.infrastructure.svc:2181,"
                            + "zk-1.zk.infrastructure.svc:2181,zk-2.zk.infrastructure.svc:2182");
        } else {
            assertThat(connect)
                    .isEqualTo(String.join(
                            ",",
                            podNames(manifests, "millrace-zookeeper").stream()
                                    .map(pod -> pod + ".millrace-zookeeper" + DOMAIN + ":2181")
                                    .toList()));
        }
    }

    @Test
    void zooKeeperServersKnowOneAnotherByTheNumbersOfTheirPods() {
        for (String example : List.of("default", "single")) {
            Manifests manifests = Chart.render(example);
            List<String> expected = new ArrayList<>();
            for (int id :
                    ordinals(manifests.one("StatefulSet", "millrace-zookeeper")).toList()) {
                expected.add("server." + id + "=millrace-zookeeper-" + id + ".millrace-zookeeper" + DOMAIN
                        + ":2888:3888;2181");
            }

            String config = manifests
                    .one("ConfigMap", "millrace-zookeeper")
                    .at("data", "zoo.cfg")
                    .text();

            assertThat(config.lines().filter(line -> line.startsWith("server.")))
                    .containsExactlyElementsOf(expected);
            assertThat(expected).hasSize(example.equals("single") ? 1 : 3);
        }
    }

    private static List<String> podNames(Manifests manifests, String set) {
        return ordinals(manifests.one("StatefulSet", set))
                .map(ordinal -> set + "-" + ordinal)
                .toList();
    }

    private static Stream<Integer> ordinals(Resource set) {
        Node start = set.at("spec", "ordinals", "start");
        int first = start.present() ? start.number() : 0;
        return IntStream.range(first, first + set.at("spec", "replicas").number())
                .boxed();
    }
}
