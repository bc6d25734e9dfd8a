package io.millrace.system.nemesis;

import io.millrace.system.cluster.Broker;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.Controller;
import io.millrace.system.cluster.Gateway;
import io.millrace.system.cluster.Link;
import io.millrace.system.cluster.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Draws faults of a cluster with links by chance. */
final class Faults {
    private static final Duration SLOW = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Random chance;

    Faults(Cluster cluster, Random chance) {
        this.cluster = cluster;
        this.chance = chance;
    }

    Fault next() {
        FaultKind kind = nextKind();
        return switch (kind) {
            case BROKER_KILLED -> ProcessFault.killed(kind, List.of(one(brokers())));
            case BROKER_PAUSED -> ProcessFault.paused(kind, one(brokers()));
            case BROKER_STOPPED -> ProcessFault.stopped(kind, one(brokers()));
            case ALL_BROKERS_KILLED -> ProcessFault.killed(kind, brokers());
            case CONTROLLER_KILLED -> ProcessFault.killed(kind, List.of(one(controllers())));
            case CONTROLLER_PAUSED -> ProcessFault.paused(kind, one(controllers()));
            case CONTROLLER_STOPPED -> ProcessFault.stopped(kind, one(controllers()));
            case GATEWAY_KILLED -> ProcessFault.killed(kind, List.of(one(gateways())));
            case ZOOKEEPER_KILLED ->
                ProcessFault.killed(kind, List.of(cluster.zookeeper().process()));
            case ZOOKEEPER_PAUSED ->
                ProcessFault.paused(kind, cluster.zookeeper().process());
            case LINK_CUT -> link(kind, Link::cut);
            case LINK_SILENT -> link(kind, Link::silence);
            case LINK_SILENT_ONE_WAY -> {
                Link.Direction direction = one(Arrays.asList(Link.Direction.values()));
                yield link(kind, link -> link.silence(direction));
            }
            case LINK_SLOW -> link(kind, link -> link.delay(SLOW));
        };
    }

    private FaultKind nextKind() {
        int all = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
        int drawn = chance.nextInt(all);
        for (FaultKind kind : FaultKind.values()) {
            drawn -= kind.weight();
            if (drawn < 0) {
                return kind;
            }
        }
        throw new AssertionError("The weights do not add up.");
    }

    private LinkFault link(FaultKind kind, Consumer<Link> strike) {
        List<ServerProcess> clients = new ArrayList<>(brokers());
        clients.addAll(gateways());
        clients.addAll(controllers());
        ServerProcess client = one(clients);
        ServerProcess server = one(serversOf(client));
        return new LinkFault(kind, client.name() + " to " + server.name(), cluster.link(client, server), strike);
    }

    private List<ServerProcess> serversOf(ServerProcess client) {
        if (controllers().contains(client)) {
            return List.of(cluster.zookeeper().process());
        }
        List<ServerProcess> servers = new ArrayList<>(brokers());
        servers.addAll(controllers());
        servers.remove(client);
        return servers;
    }

    private List<ServerProcess> brokers() {
        return cluster.brokers().stream().map(Broker::process).toList();
    }

    private List<ServerProcess> controllers() {
        return cluster.controllers().stream().map(Controller::process).toList();
    }

    private List<ServerProcess> gateways() {
        return cluster.gateways().stream().map(Gateway::process).toList();
    }

    private <T> T one(List<T> some) {
        return some.get(chance.nextInt(some.size()));
    }
}
