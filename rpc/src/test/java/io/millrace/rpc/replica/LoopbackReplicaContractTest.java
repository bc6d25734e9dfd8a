package io.millrace.rpc.replica;

import io.millrace.core.api.ReplicaApi;
import org.junit.jupiter.api.AfterEach;

class LoopbackReplicaContractTest extends ReplicaApiContract {
    private final TwinLeader leader = new TwinLeader();
    private final ServedLeader served = new ServedLeader(leader);
    private final Followers followers = new Followers();

    @AfterEach
    void stop() {
        followers.close();
        served.close();
    }

    @Override
    TwinLeader leader() {
        return leader;
    }

    @Override
    ReplicaApi reached() {
        return followers.to(served.port());
    }
}
