package io.millrace.gateway.kafka.handler;

import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.network.TurnTime;
import io.millrace.gateway.kafka.wire.RequestHead;
import io.millrace.gateway.quota.ClientQuotas;
import io.millrace.gateway.quota.MeteredQuota;
import io.millrace.gateway.quota.ThrottledClients;

/**
 * The quotas of one connection's client, and the time that its loop spends on it: reading, serving and writing. Where requests under
 * several client ids come in one turn, all of it counts for the last of them. Confined to the connection's thread.
 */
final class ConnectionQuotas implements TurnTime {
    /** A quota is the time of threads in percent of one: a nanosecond in a second is so much of it. */
    private static final double PERCENT_PER_NANO = 100.0 / 1_000_000_000;

    private final Clock clock;
    private final ThrottledClients.Memory memory = new ThrottledClients.Memory();
    private ClientQuotas latest = ClientQuotas.NONE;

    ConnectionQuotas(Clock clock) {
        this.clock = clock;
    }

    /** What holds for a request. */
    ClientQuotas of(RequestHead head, Client client, ThrottledClients clients, long nowNanos) {
        String clientId = head.clientId() == null ? "" : head.clientId();
        latest = clients.of(client.user(), clientId, memory, nowNanos);
        client.timedBy(latest.find(QuotaKind.REQUEST_PERCENTAGE) == null ? null : this);
        return latest;
    }

    @Override
    public void spent(long nanos) {
        MeteredQuota quota = latest.find(QuotaKind.REQUEST_PERCENTAGE);
        if (quota != null) {
            quota.record(nanos * PERCENT_PER_NANO, clock.nanoTime());
        }
    }
}
