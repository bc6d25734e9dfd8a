package io.millrace.system.cluster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a cluster consists of, beside its one ZooKeeper server. */
public final class ClusterPlan {
    private final int controllers;
    private final int brokers;
    private final int gateways;
    private final Map<Program, List<String>> settings = new EnumMap<>(Program.class);
    private boolean linked;
    private boolean ofNodes;

    private ClusterPlan(int controllers, int brokers, int gateways) {
        this.controllers = controllers;
        this.brokers = brokers;
        this.gateways = gateways;
    }

    /** So many processes of each kind. */
    public static ClusterPlan of(int controllers, int brokers, int gateways) {
        return new ClusterPlan(controllers, brokers, gateways);
    }

    /** So many controllers and nodes: processes that are a broker and a gateway, each in a rack of its own. */
    public static ClusterPlan ofNodes(int controllers, int nodes) {
        ClusterPlan plan = new ClusterPlan(controllers, nodes, nodes);
        plan.ofNodes = true;
        return plan;
    }

    /** A setting for all processes of a kind. */
    public ClusterPlan with(Program program, String name, String value) {
        settings.computeIfAbsent(program, _ -> new ArrayList<>()).add("--" + name + "=" + value);
        return this;
    }

    /** Puts links between all processes. */
    public ClusterPlan linked() {
        linked = true;
        return this;
    }

    int controllers() {
        return controllers;
    }

    int brokers() {
        return brokers;
    }

    int gateways() {
        return gateways;
    }

    boolean isOfNodes() {
        return ofNodes;
    }

    boolean isLinked() {
        return linked;
    }

    List<String> settingsOf(Program program) {
        return settings.getOrDefault(program, List.of());
    }
}
