package io.millrace.rpc.broker;

import io.millrace.rpc.client.ClientLimits;
import io.millrace.rpc.server.BrokerIdentity;
import io.millrace.rpc.server.ServerLimits;
import io.millrace.rpc.wire.BrokerAddressed;
import java.time.Duration;

/** The limits and the broker that tests use where they say nothing else. */
public final class Settings {
    public static final BrokerAddressed BROKER = new BrokerAddressed("cluster-1", 7, 41);
    public static final int MESSAGE_BYTES_MAX = 4 << 20;

    public static final ServerLimits SERVER =
            new ServerLimits(MESSAGE_BYTES_MAX, 10, 100, 1 << 20, 16 << 20, 16 << 20, Duration.ofSeconds(5));

    public static final ClientLimits.Patience PATIENCE = new ClientLimits.Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    public static final ClientLimits CLIENT =
            new ClientLimits(MESSAGE_BYTES_MAX, 16 << 20, 1 << 20, 16 << 20, 16 << 20, 16 << 20, PATIENCE);

    private Settings() {}

    public static BrokerIdentity identity(BrokerAddressed broker) {
        return new BrokerIdentity() {
            @Override
            public String clusterId() {
                return broker.clusterId();
            }

            @Override
            public int brokerId() {
                return broker.brokerId();
            }

            @Override
            public long brokerEpoch() {
                return broker.brokerEpoch();
            }
        };
    }
}
