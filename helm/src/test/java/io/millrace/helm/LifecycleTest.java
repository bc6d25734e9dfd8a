package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starting, being watched, being moved and stopping. */
final class LifecycleTest {
    /** A broker's hand-over-timeout of 3 s, its stop-timeout of 60 s and a phase of 5 s before them. */
    private static final int BROKER_STOP_SECONDS = 68;

    /** A broker's replica-lag-time-max: whoever comes back and lacks little is in sync again by then. */
    private static final int REPLICA_LAG_SECONDS = 10;

    /** Two phases of 5 s: REST and gRPC. */
    private static final int GATEWAY_STOP_SECONDS = 10;

    static Stream<PodTemplate> services() {
        return PodSecurityTest.pods().filter(PodTemplate::service);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceIsProbedWhileItStartsAndAfterwards(PodTemplate pod) {
        assertThat(pod.containers())
                .allSatisfy(container ->
                        assertThat(container.map()).containsKeys("startupProbe", "livenessProbe", "readinessProbe"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void millracesOwnProcessesAreProbedOnTheManagementPort(PodTemplate pod) {
        if (pod.component().equals("zookeeper")) {
            return;
        }
        Node container = pod.containers().getFirst();
        Map<String, String> paths = Map.of(
                "startupProbe", "/health/liveness",
                "livenessProbe", "/health/liveness",
                "readinessProbe", "/health/readiness");

        paths.forEach((probe, path) -> {
            Node request = container.at(probe, "httpGet");
            assertThat(request.at("path").text()).isEqualTo(path);
            assertThat(pod.port(request.at("port"))).contains(9404);
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void aStartMayTakeAsLongAsItIsAllowed(PodTemplate pod) {
        Node probe = pod.containers().getFirst().at("startupProbe");

        int seconds = probe.at("periodSeconds").number()
                * probe.at("failureThreshold").number();

        assertThat(seconds).isEqualTo(pod.component().equals("broker") ? 600 : 120);
    }

    @ParameterizedTest
    @MethodSource("services")
    void nobodyIsKilledBeforeItsOwnTimeoutsHaveEnded(PodTemplate pod) {
        int grace = pod.spec().at("terminationGracePeriodSeconds").number();

        switch (pod.component()) {
            case "broker" -> assertThat(grace).isGreaterThan(BROKER_STOP_SECONDS);
            case "gateway" -> {
                Node drain = pod.containers().getFirst().at("lifecycle", "preStop", "sleep", "seconds");
                assertThat(grace).isGreaterThan(drain.number() + GATEWAY_STOP_SECONDS);
            }
            default -> assertThat(grace).isGreaterThanOrEqualTo(30);
        }
    }

    /** The rest is threads, code, and what the operating system keeps of files. */
    @ParameterizedTest
    @MethodSource("io.millrace.helm.PodSecurityTest#pods")
    void theHeapLeavesAtLeastATenthAndAHundredMegabytesOfTheMemory(PodTemplate pod) {
        if (pod.component().equals("zookeeper")) {
            return;
        }
        for (Node container : pod.containers()) {
            Map<String, String> variables = container.at("env").list().stream()
                    .filter(variable -> variable.at("value").present())
                    .collect(Collectors.toMap(
                            variable -> variable.at("name").text(),
                            variable -> variable.at("value").text()));
            long limit = megabytes(container.at("resources", "limits", "memory").text());
            long taken = megabytes(variables.getOrDefault("MILLRACE_HEAP", ""))
                    + megabytes(variables.getOrDefault("MILLRACE_DIRECT_MEMORY", "0m"));
            assertThat(taken).as("%s of %s MB", pod, limit).isLessThanOrEqualTo(Math.min(limit - 100, limit * 9 / 10));
        }
    }

    private static long megabytes(String size) {
        long number = Long.parseLong(size.replaceAll("[^0-9]", ""));
        return size.replaceAll("[0-9i]", "").equalsIgnoreCase("g") ? number * 1024 : number;
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyServiceHasABudgetThatNeverBlocksTheDrainOfOneNode(String example) {
        Manifests manifests = Chart.render(example);
        List<Resource> budgets = manifests.all("PodDisruptionBudget");

        for (PodTemplate pod : manifests.pods()) {
            List<Resource> own = budgets.stream()
                    .filter(budget -> pod.matches(
                            budget.at("spec", "selector", "matchLabels").pairs()))
                    .toList();
            assertThat(own).as("budgets of %s", pod).hasSize(pod.service() ? 1 : 0);
        }
        assertThat(budgets).allSatisfy(budget -> {
            assertThat(budget.at("spec").map())
                    .containsOnlyKeys("maxUnavailable", "unhealthyPodEvictionPolicy", "selector")
                    .containsEntry("maxUnavailable", 1)
                    .containsEntry("unhealthyPodEvictionPolicy", "AlwaysAllow");
            assertThat(manifests.podsWith(
                            budget.at("spec", "selector", "matchLabels").pairs()))
                    .extracting(PodTemplate::component)
                    .containsOnly(budget.labels().get("app.kubernetes.io/component"));
        });
    }

    @Test
    void neverAreBrokersOfSeveralRacksUpdatedAtTheSameTime() {
        assertThat(Chart.render("racks").podsOf("broker"))
                .hasSize(3)
                .allSatisfy(pod -> assertThat(strategy(pod)).isEqualTo("OnDelete"));
        assertThat(Chart.render("default").podsOf("broker"))
                .hasSize(1)
                .allSatisfy(pod -> assertThat(strategy(pod)).isEqualTo("RollingUpdate"));
    }

    @Test
    void anUpdateWaitsForABrokerToCatchUpBeforeItTakesTheNextOne() {
        assertThat(Chart.render("default").podsOf("broker"))
                .allSatisfy(pod -> assertThat(
                                pod.owner().at("spec", "minReadySeconds").number())
                        .isGreaterThanOrEqualTo(REPLICA_LAG_SECONDS));
    }

    private static String strategy(PodTemplate pod) {
        return pod.owner().at("spec", "updateStrategy", "type").text();
    }

    @ParameterizedTest
    @MethodSource("services")
    void podsOfOneKindAreSpread(PodTemplate pod) {
        assertThat(pod.spec().at("topologySpreadConstraints").list())
                .isNotEmpty()
                .allSatisfy(constraint -> assertThat(pod.matches(
                                constraint.at("labelSelector", "matchLabels").pairs()))
                        .isTrue());
    }

    @Test
    void theAutoscalerDrivesTheGatewaysAndNobodyElseSetsTheirNumber() {
        Manifests manifests = Chart.render("default");
        Node target =
                manifests.one("HorizontalPodAutoscaler", "millrace-gateway").at("spec", "scaleTargetRef");

        Resource gateways =
                manifests.one(target.at("kind").text(), target.at("name").text());

        assertThat(gateways.at("spec", "replicas").present()).isFalse();
        Manifests single = Chart.render("single");
        assertThat(single.all("HorizontalPodAutoscaler")).isEmpty();
        assertThat(single.one("Deployment", "millrace-gateway")
                        .at("spec", "replicas")
                        .number())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void volumesOutliveTheReleaseAndWhatNeverChangesCarriesNoVersion(String example) {
        List<Resource> sets = Chart.render(example).all("StatefulSet");
        boolean kept = !example.equals("ephemeral");

        assertThat(sets).allSatisfy(set -> {
            if (!set.name().contains("controller")) {
                assertThat(set.at("spec", "persistentVolumeClaimRetentionPolicy")
                                .pairs())
                        .containsEntry("whenDeleted", "Retain")
                        .containsEntry("whenScaled", "Retain");
                List<Node> claims = set.at("spec", "volumeClaimTemplates").list();
                assertThat(claims)
                        .hasSize(kept ? 1 : 0)
                        .allSatisfy(claim -> assertThat(
                                        claim.at("metadata", "labels").pairs())
                                .containsKey("app.kubernetes.io/component")
                                .doesNotContainKeys("app.kubernetes.io/version", "helm.sh/chart"));
            }
            assertThat(set.at("spec", "selector", "matchLabels").pairs())
                    .doesNotContainKeys("app.kubernetes.io/version", "helm.sh/chart");
        });
    }
}
