package io.millrace.system.cluster;

import io.millrace.system.client.Answer;
import io.millrace.system.client.CommandLine;
import io.millrace.system.client.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A running cluster. Processes are numbered from 1, as their names are. */
public final class Cluster implements AutoCloseable {
    /** For a cluster on a machine that has other things to do. */
    public static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final Layout layout;
    private final ZooKeeper zookeeper;
    private final List<Controller> controllers;
    private final List<Broker> brokers;
    private final List<Gateway> gateways;
    private final List<Broker> strangers = new ArrayList<>();

    private Cluster(Layout layout, List<Broker> brokers, List<Gateway> gateways) {
        this.layout = layout;
        this.zookeeper = layout.zookeeper();
        this.controllers = layout.controllers();
        this.brokers = brokers;
        this.gateways = gateways;
    }

    /** Lays a cluster out in a folder; nothing runs yet. */
    public static Cluster in(Path folder, ClusterPlan plan) {
        Layout layout = new Layout(folder.toAbsolutePath().normalize(), plan);
        if (!plan.isOfNodes()) {
            return new Cluster(layout, layout.brokers(), layout.gateways());
        }
        List<Node> nodes = layout.nodes();
        return new Cluster(
                layout,
                nodes.stream().map(Node::broker).toList(),
                nodes.stream().map(Node::gateway).toList());
    }

    /** Starts everything that does not run, at the same time, and waits until the cluster is healthy. */
    public void start() {
        start(READY_LIMIT);
    }

    /** The same, when it may take that long. */
    public void start(Duration limit) {
        processes().filter(process -> !process.isRunning()).forEach(ServerProcess::start);
        awaitHealthy(limit);
    }

    /** Waits until all gateways see all brokers alive and find nothing wrong. */
    public void awaitHealthy() {
        awaitHealthy(READY_LIMIT);
    }

    /** Waits until all gateways see all brokers alive and find nothing wrong. */
    public void awaitHealthy(Duration limit) {
        for (Gateway gateway : gateways) {
            awaitBrokersAlive(gateway, brokers.size(), limit);
            Await.until(
                    gateway.process().name() + " to find the cluster healthy",
                    limit,
                    () -> rest(gateway).get("health"),
                    answer -> answer.status() == 200
                            && answer.json().path("healthy").asBoolean());
        }
    }

    /** Waits until that gateway sees so many brokers alive, neither more nor fewer. */
    public void awaitBrokersAlive(Gateway gateway, int count, Duration limit) {
        Await.until(
                gateway.process().name() + " to see " + count + " brokers alive",
                limit,
                () -> rest(gateway).get("brokers"),
                answer -> alive(answer) == count);
    }

    /** The controller that decides, once there is one alone. */
    public Controller activeController() {
        return Await.until(
                        "one controller to decide", Duration.ofSeconds(30), this::deciding, found -> found.size() == 1)
                .getFirst();
    }

    /** Controllers that hold themselves for the active one. */
    public List<Controller> deciding() throws InterruptedException {
        List<Controller> deciding = new ArrayList<>();
        for (Controller controller : controllers) {
            if (controller.process().isRunning() && controller.epoch().isPresent()) {
                deciding.add(controller);
            }
        }
        return deciding;
    }

    /** The REST API of a gateway. */
    public Rest rest(Gateway gateway) {
        return new Rest(gateway.restPort());
    }

    /** Creates a topic, and waits until all gateways know it: one that has not heard of it yet says that there is none. */
    public void createTopic(String topic, int partitions, int replicas) throws IOException, InterruptedException {
        rest(gateway(1)).createTopic(topic, partitions, replicas);
        for (Gateway gateway : gateways) {
            Await.until(
                    gateway.process().name() + " to know " + topic,
                    Duration.ofSeconds(60),
                    () -> rest(gateway).get("topics/" + topic).status() == 200);
        }
    }

    /** The command line, set to that gateway. */
    public CommandLine commandLine(Gateway gateway) {
        return new CommandLine(Program.CLI.command(List.of()), "127.0.0.1:" + gateway.grpcPort());
    }

    /** The way from one process to a server, in a cluster with links. */
    public Link link(ServerProcess client, ServerProcess server) {
        return layout.network().link(client.name(), server.name());
    }

    /** The one address of the Kafka protocol, behind which all gateways are, and by which they tell clients of every broker. */
    public Entrance kafka() {
        return layout.entrance();
    }

    /** The server that controllers keep their state in. */
    public ZooKeeper zookeeper() {
        return zookeeper;
    }

    /** All controllers. */
    public List<Controller> controllers() {
        return controllers;
    }

    /** All brokers; the one at index i has the id i + 1. */
    public List<Broker> brokers() {
        return brokers;
    }

    /** All gateways. */
    public List<Gateway> gateways() {
        return gateways;
    }

    /** A gateway, counted from 1. */
    public Gateway gateway(int number) {
        return gateways.get(number - 1);
    }

    /** A broker by its id. */
    public Broker broker(int id) {
        return brokers.get(id - 1);
    }

    /** Everything that was started, in the order in which it is. */
    public Stream<ServerProcess> processes() {
        return Stream.of(
                        Stream.of(zookeeper.process()),
                        controllers.stream().map(Controller::process),
                        brokers.stream().map(Broker::process),
                        gateways.stream().map(Gateway::process))
                .flatMap(kind -> kind)
                .distinct(); // a node is a broker and a gateway
    }

    /** Starts a broker that does not belong here, after its data directory has been prepared. */
    public Broker startStranger(String name, int id, Consumer<Path> data) {
        Broker stranger = layout.strangeBroker(name, id);
        strangers.add(stranger);
        data.accept(stranger.data());
        stranger.process().start();
        return stranger;
    }

    /** Kills everything at once. */
    public void kill() {
        processes().filter(ServerProcess::isRunning).parallel().forEach(ServerProcess::kill);
    }

    @Override
    public void close() {
        kill();
        strangers.forEach(stranger -> stranger.process().kill());
        layout.network().close();
        layout.entrance().close();
    }

    /** How many brokers an answer shows alive. */
    private static long alive(Answer brokers) {
        return StreamSupport.stream(brokers.json().path("data").spliterator(), false)
                .filter(broker -> !broker.path("fenced").asBoolean(true))
                .count();
    }

    /** The id of the cluster, as that gateway knows it. */
    public String id(Gateway gateway) throws IOException, InterruptedException {
        return rest(gateway).get("").json().path("cluster_id").asString();
    }
}
