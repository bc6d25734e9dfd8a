package io.millrace.simulation.cluster;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.network.Call;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.remote.BrokerTarget;
import io.millrace.simulation.remote.RemoteBroker;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A user of the cluster on a machine of its own. What it does, and hears, happens on its loop. Nobody kills it, but its links
 * may be cut.
 */
public final class SimClient {
    private final Machine machine;
    private final SimProcess process;
    private final Network network;
    private final Map<String, Channel> channels = new TreeMap<>();

    SimClient(Machine machine, Network network) {
        this.machine = machine;
        this.network = network;
        this.process = machine.start("client");
    }

    public Machine machine() {
        return machine;
    }

    /** Where its tasks run, and where answers arrive. */
    public EventLoop loop() {
        return process.network();
    }

    public Clock clock() {
        return process.clock();
    }

    /** A stream of chance of its own, for that purpose. */
    public Chance chance(String purpose) {
        return machine.scheduler().chance(purpose + " of " + machine);
    }

    /**
     * Asks a gateway for something, over the network; a connection that breaks or a time that is over is a
     * {@link io.millrace.simulation.network.CallFailedException}.
     *
     * @param question runs at the gateway: what it holds on to and what it answers must be copies
     */
    public <A> CompletableFuture<A> ask(
            SimGateway gateway,
            String label,
            int bytes,
            Function<Front, CompletableFuture<A>> question,
            Duration patience) {
        Call<Front, A> call = new Call<>(label, bytes, Front.class, question, _ -> bytes, false);
        return channel(gateway, "asking").ask(call, patience);
    }

    /** The brokers behind a gateway, asked over the network. */
    public BrokerApi brokers(SimGateway gateway) {
        return new RemoteBroker(channel(gateway, "asking"), channel(gateway, "reading"), BrokerTarget.ANY);
    }

    private Channel channel(SimGateway gateway, String purpose) {
        return channels.computeIfAbsent(gateway + " " + purpose, _ -> network.channel(process, gateway.address()));
    }
}
