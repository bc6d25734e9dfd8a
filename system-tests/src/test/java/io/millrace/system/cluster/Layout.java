package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who listens where and keeps what where: gives out names, ports and folders. */
final class Layout {
    private static final String ZOOKEEPER = "zookeeper";

    private final Path folder;
    private final ClusterPlan plan;
    private final Network network;
    private final Entrance entrance;
    private final ZooKeeper zookeeper;
    private final List<String> controllers;
    private final List<String> brokers;

    Layout(Path folder, ClusterPlan plan) {
        this.folder = folder;
        this.plan = plan;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.network = new Network(plan.isLinked(), folder);
        this.entrance = new Entrance();
        this.zookeeper = ZooKeeper.in(folder.resolve(ZOOKEEPER));
        network.addServer(ZOOKEEPER, zookeeper.port());
        this.controllers = servers("controller", plan.controllers());
        this.brokers = servers(plan.isOfNodes() ? "node" : "broker", plan.brokers());
    }

    Network network() {
        return network;
    }

    Entrance entrance() {
        return entrance;
    }

    ZooKeeper zookeeper() {
        return zookeeper;
    }

    List<Controller> controllers() {
        return controllers.stream().map(this::controller).toList();
    }

    List<Node> nodes() {
        return IntStream.rangeClosed(1, brokers.size())
                .mapToObj(id -> node(brokers.get(id - 1), id))
                .toList();
    }

    List<Broker> brokers() {
        return IntStream.rangeClosed(1, brokers.size())
                .mapToObj(id -> broker(brokers.get(id - 1), id))
                .toList();
    }

    List<Gateway> gateways() {
        return names("gateway", plan.gateways()).stream().map(this::gateway).toList();
    }

    /** A broker beside those of the plan, with a port of its own. */
    Broker strangeBroker(String name, int id) {
        network.addServer(name, Ports.next());
        return broker(name, id);
    }

    private Controller controller(String name) {
        int management = Ports.next();
        Map<String, Object> settings = Map.of(
                "millrace.controller.id", name,
                "millrace.controller.port", network.portOf(name),
                "millrace.controller.advertised-host", network.hostOf(name),
                "millrace.zookeeper.connect", network.addressOf(ZOOKEEPER),
                "millrace.management.port", management);
        return new Controller(process(Program.CONTROLLER, name, settings), management);
    }

    private Broker broker(String name, int id) {
        int management = Ports.next();
        Path data = folder.resolve(name).resolve("data");
        Map<String, Object> settings = Map.of(
                "millrace.broker.id",
                id,
                "millrace.broker.port",
                network.portOf(name),
                "millrace.broker.advertised-host",
                network.hostOf(name),
                "millrace.broker.log-directories",
                data,
                "millrace.controllers",
                bootstrap(),
                "millrace.management.port",
                management);
        return new Broker(process(Program.BROKER, name, settings), id, data, management);
    }

    private Node node(String name, int id) {
        Path data = folder.resolve(name).resolve("data");
        int rest = Ports.next();
        int grpc = Ports.next();
        int kafka = Ports.next();
        int management = Ports.next();
        Map<String, Object> settings = Map.of(
                "millrace.broker.id", id,
                "millrace.broker.rack", name,
                "millrace.broker.port", network.portOf(name),
                "millrace.broker.advertised-host", network.hostOf(name),
                "millrace.broker.log-directories", data,
                "server.port", rest,
                "spring.grpc.server.port", grpc,
                "millrace.gateway.kafka.port", kafka,
                "millrace.controllers", bootstrap(),
                "millrace.management.port", management);
        ServerProcess process = process(Program.NODE, name, settings);
        return new Node(new Broker(process, id, data, management), new Gateway(process, rest, grpc, kafka, management));
    }

    private Gateway gateway(String name) {
        int rest = Ports.next();
        int grpc = Ports.next();
        int kafka = Ports.next();
        int management = Ports.next();
        entrance.addServer(kafka);
        Map<String, Object> settings = Map.of(
                "server.port", rest,
                "spring.grpc.server.port", grpc,
                "millrace.gateway.kafka.port", kafka,
                "millrace.gateway.kafka.advertised", entrance.address(),
                "millrace.controllers", bootstrap(),
                "millrace.management.port", management);
        return new Gateway(process(Program.GATEWAY, name, settings), rest, grpc, kafka, management);
    }

    private String bootstrap() {
        return controllers.stream().map(network::addressOf).collect(Collectors.joining(","));
    }

    private ServerProcess process(Program program, String name, Map<String, Object> settings) {
        List<String> command = new ArrayList<>(program.command(network.connect(name)));
        settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
        command.addAll(plan.settingsOf(program));
        return new ServerProcess(name, folder.resolve(name), command);
    }

    private List<String> servers(String kind, int count) {
        List<String> names = names(kind, count);
        names.forEach(name -> network.addServer(name, Ports.next()));
        return names;
    }

    private static List<String> names(String kind, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> kind + "-" + number)
                .toList();
    }
}
