package io.millrace.core.api.twin;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ReplicaChangeContract;

class InMemoryReplicasTest extends ReplicaChangeContract {
    private final InMemoryController controller = new InMemoryController();

    @Override
    protected ControllerApi controller() {
        return controller;
    }
}
