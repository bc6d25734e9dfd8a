package io.millrace.gateway.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.gateway.ThreeBrokers;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.routing.MetadataView;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Brokers and controllers in processes of their own. */
class BrokerResourceTest {
    private static final ActiveController ACTIVE = new ActiveController("controller-2", "host-2", 19093, 5);

    private final ThreeBrokers controller = new ThreeBrokers(new ControllerStanding(ACTIVE, true));
    private final ClusterPath path = new ClusterPath(new MetadataView(controller));

    @Test
    void everyBrokerIsListedWithItsAddressAndRack() {
        var brokers = new BrokerResource(path).list("-", request("/brokers")).data();

        assertThat(brokers).extracting("host").containsExactly("broker-0", "broker-1", "broker-2");
        assertThat(brokers).extracting("port").containsExactly(19092, 19093, 19094);
        assertThat(brokers).extracting("rack").containsExactly("a", "b", null);
        assertThat(brokers).extracting("fenced").containsExactly(false, false, true);
    }

    @Test
    void theClusterTellsThatItsControllerIsSuspended() {
        var cluster = new ClusterResource(path, controller).get("-", request(""));

        assertThat(cluster.controllerId()).isEqualTo("controller-2");
        assertThat(cluster.controllerEpoch()).isEqualTo(5);
        assertThat(cluster.controllerSuspended()).isTrue();
    }

    @Test
    void aControllerThatNobodyKnowsHasNoId() {
        var cluster = new ClusterResource(path, new ThreeBrokers(ControllerStanding.UNKNOWN)).get("-", request(""));

        assertThat(cluster.controllerId()).isNull();
        assertThat(cluster.controllerEpoch()).isEqualTo(1);
    }

    private static MockHttpServletRequest request(String below) {
        return new MockHttpServletRequest("GET", "/v3/clusters/-" + below);
    }
}
