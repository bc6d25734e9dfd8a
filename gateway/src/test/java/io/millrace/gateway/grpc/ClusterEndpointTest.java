package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.gateway.ThreeBrokers;
import io.millrace.v1.Broker;
import io.millrace.v1.GetClusterResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterEndpointTest {
    @Test
    void everyBrokerIsShownWithItsAddressAndRack() {
        List<Broker> brokers = cluster(ControllerStanding.UNKNOWN).getBrokersList();

        assertThat(brokers).extracting(Broker::getHost).containsExactly("broker-0", "broker-1", "broker-2");
        assertThat(brokers).extracting(Broker::getPort).containsExactly(19092, 19093, 19094);
        assertThat(brokers).extracting(Broker::getRack).containsExactly("a", "b", "");
        assertThat(brokers).extracting(Broker::getAlive).containsExactly(true, true, false);
    }

    @Test
    void theControllerThatDecidesIsShown() {
        ActiveController active = new ActiveController("controller-2", "host-2", 19093, 5);

        GetClusterResponse cluster = cluster(new ControllerStanding(active, true));

        assertThat(cluster.getController().getControllerId()).isEqualTo("controller-2");
        assertThat(cluster.getController().getHost()).isEqualTo("host-2");
        assertThat(cluster.getController().getPort()).isEqualTo(19093);
        assertThat(cluster.getController().getEpoch()).isEqualTo(5);
        assertThat(cluster.getController().getSuspended()).isTrue();
    }

    @Test
    void aControllerThatNobodyKnowsIsAbsent() {
        assertThat(cluster(ControllerStanding.UNKNOWN).hasController()).isFalse();
    }

    private static GetClusterResponse cluster(ControllerStanding standing) {
        return ClusterEndpoint.cluster(new ThreeBrokers(standing).image(), List.of(), standing);
    }
}
