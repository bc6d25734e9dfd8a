package io.millrace.gateway.kafka.handler;

import io.millrace.core.environment.Clock;
import io.millrace.gateway.kafka.network.Admission;
import io.millrace.gateway.quota.MeteredQuota;
import io.millrace.gateway.quota.ThrottledClients;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How often an address may connect (KIP-612). A connection beyond that is not served; it is closed only after a while, as its client
 * would come back at once.
 */
public final class AddressQuotas implements Admission {
    private final ThrottledClients clients;
    private final Clock clock;

    public AddressQuotas(ThrottledClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public Duration holdBeforeClose(InetAddress address) {
        if (!clients.isAnyThere()) {
            return Duration.ZERO;
        }
        long nowNanos = clock.nanoTime();
        MeteredQuota quota = clients.ofAddress(address.getHostAddress(), nowNanos);
        if (quota == null) {
            return Duration.ZERO;
        }
        long nanos = quota.tryRecord(1, nowNanos);
        return Duration.ofNanos(Math.min(nanos, clients.shortThrottleMax().toNanos()));
    }
}
