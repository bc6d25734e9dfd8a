package io.millrace.simulation.network;

import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.Scheduler;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The links between all machines, who listens where, and what can be done to them. */
public final class Network {
    private final Scheduler scheduler;
    private final Chance chance;
    private final NetworkTimes times;
    private final Map<String, Link> links = new TreeMap<>();
    private final Map<String, Listener> listeners = new TreeMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();

    public Network(Scheduler scheduler, NetworkTimes times) {
        this.scheduler = scheduler;
        this.chance = scheduler.chance("network");
        this.times = times;
    }

    private record Listener(Machine machine, Server server) {}

    Scheduler scheduler() {
        return scheduler;
    }

    Chance chance() {
        return chance;
    }

    NetworkTimes times() {
        return times;
    }

    long noticeNanos() {
        return chance.nanosBetween(times.noticeMin(), times.noticeMax());
    }

    /** Lets a process listen, in the place of whoever listened there before. */
    public Server listen(SimProcess process, int port) {
        Server server = new Server(process);
        listeners.put(new Address(process.machine().name(), port).toString(), new Listener(process.machine(), server));
        return server;
    }

    /** A way to whoever listens there, for one process. */
    public Channel channel(SimProcess from, Address to) {
        return new Channel(this, from, to);
    }

    /** Lets nothing through from the one to the other; the way back stays. */
    public void cut(Machine from, Machine to) {
        Link link = link(from, to);
        if (!link.isCut()) {
            link.cut();
            between(from, to, Connection::stalled);
        }
    }

    /** Ends a cut and a slowness. */
    public void heal(Machine from, Machine to) {
        Link link = link(from, to);
        if (link.isCut()) {
            link.heal();
            between(from, to, Connection::healed);
        } else {
            link.heal();
        }
    }

    /** Ends every cut and all slowness. */
    public void healAll() {
        links.values().forEach(Link::heal);
        List.copyOf(connections).forEach(Connection::healed);
    }

    /** Lets messages take up to so much longer. */
    public void slow(Machine from, Machine to, Duration more) {
        link(from, to).slow(more);
    }

    /** Breaks all connections between the two, in each direction. */
    public void reset(Machine one, Machine other) {
        between(one, other, Connection::reset);
    }

    Link link(Machine from, Machine to) {
        String name = from.name() + ">" + to.name();
        Link present = links.get(name);
        if (present == null) {
            present = new Link(scheduler.chance("link " + name), times);
            links.put(name, present);
        }
        return present;
    }

    /** Whoever listens there; its machine may be off. */
    Optional<Server> at(Address address) {
        return Optional.ofNullable(listeners.get(address.toString())).map(Listener::server);
    }

    Connection connect(SimProcess client, Server server) {
        Connection connection = new Connection(this, client, server.process());
        connections.removeIf(Connection::isGone);
        connections.add(connection);
        return connection;
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    private void between(Machine one, Machine other, Consumer<Connection> action) {
        List<Connection> all = new ArrayList<>(connections);
        all.stream().filter(connection -> connection.isBetween(one, other)).forEach(action);
    }
}
