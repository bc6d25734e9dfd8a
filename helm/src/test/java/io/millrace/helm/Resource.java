package io.millrace.helm;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.Map;
import java.util.Set;

/** One document. If its kind is Kubernetes' own, it fits Kubernetes' model. */
record Resource(Node document) {
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap.class),
            Map.entry("v1 Pod", V1Pod.class),
            Map.entry("v1 Service", V1Service.class),
            Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1 Deployment", V1Deployment.class),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 Job", V1Job.class),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class));

    /** Of these {@link CustomResourcesTest} knows the shape. */
    private static final Set<String> CUSTOM_KINDS = Set.of(
            "cert-manager.io/v1 Certificate",
            "gateway.networking.k8s.io/v1 GRPCRoute",
            "gateway.networking.k8s.io/v1 Gateway",
            "gateway.networking.k8s.io/v1 HTTPRoute",
            "monitoring.coreos.com/v1 PrometheusRule",
            "monitoring.coreos.com/v1 ServiceMonitor");

    /** Fails on a kind that is in neither list and on a field that Kubernetes does not know. */
    static Resource of(Node document) {
        String type =
                document.at("apiVersion").text() + " " + document.at("kind").text();
        Class<?> model = KINDS.get(type);
        if (model != null) {
            checkStrictly(document, model);
        } else if (!CUSTOM_KINDS.contains(type)) {
            throw new AssertionError("nobody knows what a " + type + " is");
        }
        return new Resource(document);
    }

    static void checkStrictly(Node document, Class<?> model) {
        try {
            JSON.deserialize(JSON.getGson().toJson(document.value()), model);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(document.at("metadata", "name").value() + ": " + e.getMessage(), e);
        }
    }

    Node at(String... keys) {
        return document.at(keys);
    }

    String kind() {
        return at("kind").text();
    }

    String name() {
        return at("metadata", "name").text();
    }

    Map<String, String> labels() {
        return at("metadata", "labels").pairs();
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
