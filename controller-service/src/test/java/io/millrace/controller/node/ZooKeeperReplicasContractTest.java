package io.millrace.controller.node;

import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ReplicaChangeContract;
import io.millrace.core.statemachine.LogObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ZooKeeperReplicasContractTest extends ReplicaChangeContract {
    private ZooKeeperFixture zooKeeper;
    private ControllerNode node;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new ZooKeeperFixture();
        node = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        ZooKeeperController.awaitLead(node);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        zooKeeper.close();
    }

    @Override
    protected ControllerApi controller() {
        return node;
    }
}
