package io.millrace.simulation.cluster;

import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** A cluster: its store, its controllers, brokers and gateways, each on a machine of its own, and their network. */
public final class SimCluster {
    private final Scheduler scheduler;
    private final Network network;
    private final SimStore store;
    private final List<SimController> controllers = new ArrayList<>();
    private final List<SimBroker> brokers = new ArrayList<>();
    private final List<SimGateway> gateways = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();

    /** A cluster of which nothing runs yet. */
    public SimCluster(Scheduler scheduler, ClusterOptions options) {
        this.scheduler = scheduler;
        this.network = new Network(scheduler, options.network());
        String logId =
                "cluster-" + Long.toHexString(scheduler.chance("cluster id").nextLong());
        this.store = new SimStore(new Machine(scheduler, "store"), network, options.store(), logId);
        List<Address> bootstrap = new ArrayList<>();
        for (int i = 0; i < options.controllers(); i++) {
            SimController controller =
                    new SimController(new Machine(scheduler, "controller-" + i), network, store, options);
            controllers.add(controller);
            bootstrap.add(controller.address());
        }
        for (int i = 0; i < options.brokers(); i++) {
            Machine machine = new Machine(scheduler, "broker-" + i);
            brokers.add(new SimBroker(i, machine, network, bootstrap, options.brokerObserver()));
        }
        for (int i = 0; i < options.gateways(); i++) {
            gateways.add(new SimGateway(new Machine(scheduler, "gateway-" + i), network, bootstrap));
        }
    }

    /** Starts everything. */
    public void start() {
        store.start();
        nodes().forEach(SimNode::start);
    }

    /** A further user of the cluster, on a machine of that name. */
    public SimClient client(String name) {
        SimClient client = new SimClient(new Machine(scheduler, name), network);
        clients.add(client);
        return client;
    }

    /** The users so far. */
    public List<SimClient> clients() {
        return List.copyOf(clients);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Network network() {
        return network;
    }

    public SimStore store() {
        return store;
    }

    public List<SimController> controllers() {
        return List.copyOf(controllers);
    }

    public List<SimBroker> brokers() {
        return List.copyOf(brokers);
    }

    public List<SimGateway> gateways() {
        return List.copyOf(gateways);
    }

    /** All machines, those of the users included. */
    public List<Machine> machines() {
        List<Machine> all = new ArrayList<>();
        all.add(store.machine());
        nodes().forEach(node -> all.add(node.machine()));
        clients.forEach(client -> all.add(client.machine()));
        return all;
    }

    /** Lets every machine run, with whole disks and right clocks, and every link carry. */
    public void heal() {
        network.healAll();
        store.resume();
        brokers.forEach(SimBroker::healDisk);
        machines().forEach(machine -> machine.drift(0));
        for (SimNode node : nodes()) {
            node.resume();
            node.start();
        }
    }

    /** Everything that can be killed: controllers, brokers, gateways. */
    public List<SimNode> nodes() {
        List<SimNode> all = new ArrayList<>(controllers);
        all.addAll(brokers);
        all.addAll(gateways);
        return all;
    }
}
