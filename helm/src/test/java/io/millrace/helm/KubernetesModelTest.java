package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1Service;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rendering parses every document strictly; see {@link Resource#of}. */
final class KubernetesModelTest {
    private static final Set<String> COMMON_LABELS = Set.of(
            "app.kubernetes.io/name",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/component",
            "app.kubernetes.io/version",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/managed-by",
            "helm.sh/chart");

    /** What Kubernetes appends to the name of a StatefulSet, in a label of at most 63 characters: a dash and ten more. */
    private static final int STATEFUL_SET_NAME_MAX = 52;

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void everyDocumentIsOneThatKubernetesKnows(String example) {
        Manifests manifests = Chart.render(example);

        assertThat(manifests.resources()).hasSizeGreaterThan(12);
        assertThat(manifests.resources()).extracting(Resource::toString).doesNotHaveDuplicates();
        assertThat(manifests.resources())
                .allSatisfy(resource -> assertThat(resource.labels())
                        .as("labels of %s", resource)
                        .containsKeys(COMMON_LABELS.toArray(String[]::new)));
    }

    @Test
    void anOlderKubernetesIsRefusedAndANewerOneIsNot() {
        assertThatThrownBy(() -> Chart.renderOn("1.29.9")).hasMessageContaining("incompatible with Kubernetes");
        assertThat(Chart.renderOn("1.36.0").resources()).isNotEmpty();
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsNoticed() {
        Node misspelt = Yaml.parse("{apiVersion: v1, kind: Service, spec: {slector: {app: broker}}}");

        assertThatThrownBy(() -> Resource.checkStrictly(misspelt, V1Service.class))
                .hasMessageContaining("slector");
    }

    @ParameterizedTest
    @MethodSource("io.millrace.helm.Chart#examples")
    void namesFitWhereKubernetesPutsThemHoweverLongTheReleasesIs(String example) {
        String longest = "a-release-with-a-name-as-long-as-helm-allows-it-53chr";

        Manifests manifests = Chart.renderAs(longest, Chart.valuesOf(example));

        assertThat(longest).hasSize(53);
        assertThat(manifests.resources())
                .allSatisfy(resource -> assertThat(resource.name()).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?"));
        assertThat(manifests.resources())
                .filteredOn(resource -> resource.kind().equals("StatefulSet"))
                .allSatisfy(set -> assertThat(set.name()).hasSizeLessThanOrEqualTo(STATEFUL_SET_NAME_MAX));
    }
}
