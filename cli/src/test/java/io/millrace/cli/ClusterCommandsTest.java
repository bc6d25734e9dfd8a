package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.gateway.FakeGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClusterCommandsTest {
    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theClusterIsSummedUp() {
        assertThat(CommandRun.against(gateway, "cluster", "info").text()).isEqualTo("""
                cluster           mill-1
                brokers           1 alive of 1
                topics            2
                partitions        5
                controller        controller-0 in the gateway's process
                controller epoch  3
                metadata version  17
                """);
    }

    @Test
    void aSuspendedControllerIsTold() {
        gateway.cluster().suspendController();

        assertThat(CommandRun.against(gateway, "cluster", "info").text())
                .contains("controller        controller-2 at host-2:19093, suspended: it has lost ZooKeeper\n");
        assertThat(CommandRun.against(gateway, "-o", "json", "cluster", "info").text())
                .contains("\"controller_id\" : \"controller-2\"", "\"suspended\" : true");
    }

    @Test
    void brokersInProcessesOfTheirOwnAreListedWithAddressAndRack() {
        gateway.cluster().join(1, "rack-b");
        gateway.cluster().join(2, "");

        assertThat(CommandRun.against(gateway, "broker", "list").text()).isEqualTo("""
                BROKER  ADDRESS                   RACK    STATE  LEADS  REPLICAS  LOG BYTES
                     0  in the gateway's process  -       alive      5         5       1234
                     1  broker-1:19092            rack-b  alive      0         0          -
                     2  broker-2:19092            -       alive      0         0          -
                """);
    }

    @Test
    void aHealthyClusterIsSuccess() {
        CommandRun run = CommandRun.against(gateway, "cluster", "health");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).isEqualTo("healthy\n");
    }

    @Test
    void anUnhealthyClusterIsFailureWithReasons() {
        gateway.cluster().fallIll();

        CommandRun run = CommandRun.against(gateway, "cluster", "health");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).isEqualTo("unhealthy\n  - Broker 0 is down.\n");
    }

    @Test
    void whatIsWorthKnowingIsToldAndIsNoFailure() {
        gateway.cluster().note("Partition orders-1 is being moved.");

        CommandRun run = CommandRun.against(gateway, "cluster", "health");

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).isEqualTo("healthy\nworth knowing\n  - Partition orders-1 is being moved.\n");
    }

    @Test
    void healthIsDataToo() {
        gateway.cluster().fallIll();

        assertThat(CommandRun.against(gateway, "-o", "json", "cluster", "health")
                        .text())
                .contains("\"healthy\" : false", "\"offline_partitions\" : [ \"orders-1\" ]");
    }

    @Test
    void brokersAreListed() {
        assertThat(CommandRun.against(gateway, "broker", "list").text()).isEqualTo("""
                BROKER  ADDRESS                   RACK  STATE  LEADS  REPLICAS  LOG BYTES
                     0  in the gateway's process     -  alive      5         5       1234
                """);
    }

    @Test
    void aBrokerIsDescribedWithItsDirectories() {
        assertThat(CommandRun.against(gateway, "broker", "describe", "0").text())
                .contains("/data/broker   works");
    }

    @Test
    void anUnknownBrokerIsNotFound() {
        assertThat(CommandRun.against(gateway, "broker", "describe", "7").exitCode())
                .isEqualTo(3);
    }
}
