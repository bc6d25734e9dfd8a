package io.millrace.simulation.network;

import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.Scheduler;
import io.millrace.simulation.schedule.SimProcess;
import java.util.List;

/** A connection between two processes. Its ends learn of its break apart from each other. */
final class Connection {
    private final Network network;
    private final Scheduler scheduler;
    private final Chance chance;
    private final End client;
    private final End server;
    private final Pipe toServer;
    private final Pipe toClient;

    Connection(Network network, SimProcess client, SimProcess server) {
        this.network = network;
        this.scheduler = network.scheduler();
        this.chance = network.chance();
        this.client = new End(client);
        this.server = new End(server);
        this.toServer = new Pipe(scheduler, network.link(client.machine(), server.machine()), this.server::arrived);
        this.toClient = new Pipe(scheduler, network.link(server.machine(), client.machine()), this.client::arrived);
        this.client.sendsBy(toServer);
        this.server.sendsBy(toClient);
        for (End end : List.of(this.client, this.server)) {
            end.process().whenDead(() -> died(end));
            end.process().whenPaused(() -> paused(end));
        }
    }

    End client() {
        return client;
    }

    End server() {
        return server;
    }

    boolean isGone() {
        return !client.isOpen() && !server.isOpen();
    }

    boolean isBetween(Machine one, Machine other) {
        Machine from = client.process().machine();
        Machine to = server.process().machine();
        return (from == one && to == other) || (from == other && to == one);
    }

    /** That end gives up; the other one hears of it if it can. */
    void close(End end, String why) {
        if (end.close(why)) {
            tell(other(end), why);
        }
    }

    /** Breaks for no reason: what is under way may still arrive, or not. */
    void reset() {
        for (End end : List.of(client, server)) {
            scheduler.at(
                    scheduler.now() + delayTo(end), "connection reset", () -> end.close("the connection was reset"));
        }
    }

    /** Messages no longer get through: each end will notice in its own time, unless it is over by then. */
    void stalled() {
        int cuts = toServer.link().cuts() + toClient.link().cuts();
        for (End end : List.of(client, server)) {
            later(end, () -> {
                boolean still = (toServer.link().isCut() || toClient.link().isCut())
                        && toServer.link().cuts() + toClient.link().cuts() == cuts;
                if (still) {
                    close(end, "nothing was heard over the connection");
                }
            });
        }
    }

    void healed() {
        toServer.healed();
        toClient.healed();
    }

    private void died(End end) {
        if (end.close("this process is gone")) {
            if (end.process().machine().isPowered()) {
                tell(other(end), "the process at the other end is gone");
            } else {
                later(other(end), () -> other(end).close("nothing was heard over the connection"));
            }
        }
        network.forget(this);
    }

    private void paused(End end) {
        later(other(end), () -> {
            if (end.process().isPaused()) {
                close(other(end), "nothing was heard over the connection");
            }
        });
    }

    /** By a word of the other end's system, before or behind what was sent; or in its own time, if that word is lost. */
    private void tell(End end, String why) {
        Pipe pipe = end == client ? toClient : toServer;
        if (pipe.link().isCut()) {
            later(end, () -> end.close("nothing was heard over the connection"));
        } else if (chance.oneIn(2)) {
            pipe.send("connection ends", 0, () -> end.close(why));
        } else {
            scheduler.at(scheduler.now() + pipe.link().delay(0), "connection ends", () -> end.close(why));
        }
    }

    private void later(End end, Runnable notice) {
        scheduler.at(scheduler.now() + network.noticeNanos(), "silence of a connection", () -> {
            if (end.isOpen()) {
                notice.run();
            }
        });
    }

    private long delayTo(End end) {
        return (end == client ? toClient : toServer).link().delay(0);
    }

    private End other(End end) {
        return end == client ? server : client;
    }
}
