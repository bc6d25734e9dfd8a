package io.millrace.helm;

import java.util.List;
import java.util.Map;

/** What the network policies of a release let through, by the rules of the NetworkPolicy API. */
record NetworkPolicies(List<Resource> policies) {
    /**
     * One end of a connection.
     *
     * @param namespace its namespace's name
     * @param labels of the pod
     */
    record Pod(String namespace, Map<String, String> labels) {}

    boolean allow(Pod from, Pod to, int port) {
        return passes("Egress", "egress", "to", from, to, port) && passes("Ingress", "ingress", "from", to, from, port);
    }

    /** Who is selected by no policy of a direction is free in it; who is selected by some needs one rule of any that fits. */
    private boolean passes(String type, String rules, String peers, Pod pod, Pod peer, int port) {
        List<Resource> selecting = policies.stream()
                .filter(policy -> policy.at("spec", "policyTypes").texts().contains(type))
                .filter(policy -> pod.namespace().equals(Chart.NAMESPACE)
                        && selects(policy.at("spec", "podSelector"), pod.labels()))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.at("spec", rules).list().stream())
                        .anyMatch(rule -> fits(rule, peers, peer, port));
    }

    private static boolean fits(Node rule, String peers, Pod peer, int port) {
        List<Node> ports = rule.at("ports").list();
        List<Node> ends = rule.at(peers).list();
        return (ports.isEmpty()
                        || ports.stream().anyMatch(allowed -> allowed.at("port").number() == port))
                && (ends.isEmpty() || ends.stream().anyMatch(end -> fits(end, peer)));
    }

    private static boolean fits(Node end, Pod peer) {
        if (end.at("ipBlock").present()) {
            return false;
        }
        Node namespaces = end.at("namespaceSelector");
        boolean namespace = namespaces.present()
                ? selects(namespaces, Map.of("kubernetes.io/metadata.name", peer.namespace()))
                : peer.namespace().equals(Chart.NAMESPACE);
        return namespace && selects(end.at("podSelector"), peer.labels());
    }

    private static boolean selects(Node selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.at("matchLabels").pairs().entrySet())
                && selector.at("matchExpressions").list().stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Node expression, Map<String, String> labels) {
        if (!expression.at("operator").is("In")) {
            throw new AssertionError("only In is known here: " + expression);
        }
        return expression
                .at("values")
                .texts()
                .contains(labels.getOrDefault(expression.at("key").text(), ""));
    }
}
