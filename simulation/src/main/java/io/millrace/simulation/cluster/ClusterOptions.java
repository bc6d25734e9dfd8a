package io.millrace.simulation.cluster;

import io.millrace.broker.node.BrokerObserver;
import io.millrace.controller.control.ControlOptions;
import io.millrace.simulation.network.NetworkTimes;
import io.millrace.simulation.store.StoreTimes;
import java.util.function.IntFunction;

/**
 * What a cluster is made of.
 *
 * @param brokerObserver makes whoever listens to the next life of that broker
 */
public record ClusterOptions(
        int brokers,
        int controllers,
        int gateways,
        ControlOptions control,
        NetworkTimes network,
        StoreTimes store,
        IntFunction<BrokerObserver> brokerObserver) {
    /** Three brokers, two controllers, one gateway, and nobody who listens. */
    public static final ClusterOptions DEFAULTS = new ClusterOptions(
            3, 2, 1, ControlOptions.DEFAULTS, NetworkTimes.DEFAULTS, StoreTimes.DEFAULTS, _ -> BrokerObserver.NONE);

    /** The same with other control options. */
    public ClusterOptions with(ControlOptions other) {
        return new ClusterOptions(brokers, controllers, gateways, other, network, store, brokerObserver);
    }

    /** The same with other numbers of processes. */
    public ClusterOptions with(int brokerCount, int controllerCount, int gatewayCount) {
        return new ClusterOptions(brokerCount, controllerCount, gatewayCount, control, network, store, brokerObserver);
    }

    /** The same with somebody who listens to brokers. */
    public ClusterOptions with(IntFunction<BrokerObserver> observer) {
        return new ClusterOptions(brokers, controllers, gateways, control, network, store, observer);
    }
}
