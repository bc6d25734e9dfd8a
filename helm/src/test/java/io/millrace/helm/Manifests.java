package io.millrace.helm;

import java.util.List;
import java.util.Map;

/** Everything that one rendering of the chart gives. */
record Manifests(List<Resource> resources) {
    static Manifests parse(String text) {
        return new Manifests(Yaml.documents(text).stream().map(Resource::of).toList());
    }

    List<Resource> all(String kind) {
        return resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .toList();
    }

    Resource one(String kind, String name) {
        return all(kind).stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name + " among " + resources));
    }

    /** What pods are made of, wherever it stands. */
    List<PodTemplate> pods() {
        return resources.stream()
                .flatMap(resource -> PodTemplate.of(resource).stream())
                .toList();
    }

    List<PodTemplate> podsOf(String component) {
        return pods().stream().filter(pod -> pod.component().equals(component)).toList();
    }

    List<PodTemplate> podsWith(Map<String, String> labels) {
        return pods().stream().filter(pod -> pod.matches(labels)).toList();
    }
}
