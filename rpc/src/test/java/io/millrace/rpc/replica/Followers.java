package io.millrace.rpc.replica;

import io.millrace.core.api.ReplicaApi;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.rpc.broker.Settings;
import io.millrace.rpc.client.ReplicaClients;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.transport.SessionOptions;
import java.util.List;
import java.util.UUID;

/** A process that follows leaders in others. */
final class Followers implements AutoCloseable {
    private final NetworkThreads threads = new NetworkThreads("follower", 1);
    private final ReplicaClients clients;

    Followers() {
        this(SessionOptions.DEFAULTS);
    }

    Followers(SessionOptions options) {
        clients = new ReplicaClients(Settings.CLIENT, options, threads, _ -> List.of());
    }

    ReplicaApi to(int port) {
        return to(new Endpoint("internal", "127.0.0.1", port));
    }

    ReplicaApi to(Endpoint... endpoints) {
        return clients.to(new BrokerImage(1, new UUID(3, 4), 9, null, List.of(endpoints), false));
    }

    ReplicaClients clients() {
        return clients;
    }

    @Override
    public void close() {
        clients.close();
        threads.close();
    }
}
