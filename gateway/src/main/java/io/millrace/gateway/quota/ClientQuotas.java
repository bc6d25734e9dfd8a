package io.millrace.gateway.quota;

import io.millrace.core.metadata.QuotaKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for one client, in one picture of the cluster. */
public final class ClientQuotas {
    /** Everything is allowed. */
    public static final ClientQuotas NONE = new ClientQuotas(Collections.emptyMap(), QuotaWindow.DEFAULT);

    private final Map<QuotaKind, MeteredQuota> quotas;
    private final QuotaWindow rates;

    private ClientQuotas(Map<QuotaKind, MeteredQuota> quotas, QuotaWindow rates) {
        this.quotas = quotas;
        this.rates = rates;
    }

    static ClientQuotas of(EnumMap<QuotaKind, MeteredQuota> quotas, QuotaWindow rates) {
        return quotas.isEmpty() ? NONE : new ClientQuotas(quotas, rates);
    }

    /** The quota of a kind, or null when there is no limit. */
    public @Nullable MeteredQuota find(QuotaKind kind) {
        return quotas.get(kind);
    }

    /** The most that can pass at once under a quota of rates that had nothing in its window; what is more never would. */
    public double amountAtOnceMax(QuotaKind kind) {
        MeteredQuota quota = quotas.get(kind);
        return quota == null ? Double.POSITIVE_INFINITY : rates.amountAt(quota.limit());
    }

    /** The longest time that too much time of threads is to be made up for at once (ClientRequestQuotaManager of Kafka). */
    public long requestThrottleNanosMax() {
        return rates.sample().toNanos();
    }
}
