package io.millrace.rpc.broker;

import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.rpc.client.BrokerAddress;
import io.millrace.rpc.client.BrokerClient;
import io.millrace.rpc.client.BrokerClients;
import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.client.ClientRoom;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.wire.BrokerAddressed;
import java.util.ArrayList;
import java.util.List;

/** Clients with what they stand on. */
final class Clients implements AutoCloseable {
    private final ThreadEventLoops loops =
            new ThreadEventLoops("client-room", 1, (thread, bug) -> bug.printStackTrace(System.err));
    private final NetworkThreads threads = new NetworkThreads("client", 1);
    private final List<BrokerClient> open = new ArrayList<>();
    private final ClientRoom room;
    private final BrokerClients clients;

    Clients() {
        this(Settings.CLIENT);
    }

    Clients(ClientLimits limits) {
        room = new ClientRoom(limits, loops.all().getFirst());
        clients = new BrokerClients(limits, room, threads);
    }

    BrokerClient to(int port) {
        return to(Settings.BROKER, port);
    }

    BrokerClient to(BrokerAddressed broker, int port) {
        BrokerClient client = clients.of(new BrokerAddress(broker, "127.0.0.1", port));
        open.add(client);
        return client;
    }

    ClientRoom room() {
        return room;
    }

    @Override
    public void close() {
        open.forEach(BrokerClient::close);
        threads.close();
        loops.close();
    }
}
