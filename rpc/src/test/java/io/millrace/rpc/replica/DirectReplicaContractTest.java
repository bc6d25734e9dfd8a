package io.millrace.rpc.replica;

import io.millrace.core.api.ReplicaApi;

class DirectReplicaContractTest extends ReplicaApiContract {
    private final TwinLeader leader = new TwinLeader();

    @Override
    TwinLeader leader() {
        return leader;
    }

    @Override
    ReplicaApi reached() {
        return leader;
    }
}
