package io.millrace.helm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one kind of pod is made of.
 *
 * @param owner the resource it stands in
 * @param template metadata and spec of the pods
 */
record PodTemplate(Resource owner, Node template) {
    static Optional<PodTemplate> of(Resource resource) {
        return switch (resource.kind()) {
            case "StatefulSet", "Deployment", "Job" ->
                Optional.of(new PodTemplate(resource, resource.at("spec", "template")));
            case "Pod" -> Optional.of(new PodTemplate(resource, resource.document()));
            default -> Optional.empty();
        };
    }

    /** Whether it runs until it is stopped, unlike jobs and tests. */
    boolean service() {
        return owner.kind().equals("StatefulSet") || owner.kind().equals("Deployment");
    }

    String component() {
        return labels().getOrDefault("app.kubernetes.io/component", "");
    }

    Map<String, String> labels() {
        return template.at("metadata", "labels").pairs();
    }

    Node spec() {
        return template.at("spec");
    }

    boolean matches(Map<String, String> selector) {
        return labels().entrySet().containsAll(selector.entrySet());
    }

    /** Those that prepare included. */
    List<Node> containers() {
        return Stream.concat(spec().at("initContainers").list().stream(), spec().at("containers").list().stream())
                .toList();
    }

    List<Node> ports() {
        return containers().stream()
                .flatMap(container -> container.at("ports").list().stream())
                .toList();
    }

    /** The number behind a port that is given by name or number, if this pod has it. */
    Optional<Integer> port(Node nameOrNumber) {
        return ports().stream()
                .filter(port -> nameOrNumber.is(port.at("name").text())
                        || nameOrNumber.is(port.at("containerPort").number()))
                .map(port -> port.at("containerPort").number())
                .findFirst();
    }

    /** A variable of the service's container. */
    Node variable(String name) {
        return spec().at("containers").list().getFirst().at("env").list().stream()
                .filter(variable -> variable.at("name").is(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " does not set " + name));
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
