package io.millrace.gateway.quota;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaFound;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.core.metadata.Quotas;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which quotas hold for whom, by the picture of now. Where the cluster has no quotas a question costs a look at the picture. Safe for
 * all threads.
 */
public final class ThrottledClients {
    private static final List<QuotaKind> OF_CLIENTS = List.of(
            QuotaKind.PRODUCER_BYTE_RATE,
            QuotaKind.CONSUMER_BYTE_RATE,
            QuotaKind.REQUEST_PERCENTAGE,
            QuotaKind.CONTROLLER_MUTATION_RATE);

    private final Supplier<ClusterImage> image;
    private final QuotaMeters meters;

    /**
     * Asks the picture.
     *
     * @param image the picture of now
     */
    public ThrottledClients(Supplier<ClusterImage> image, QuotaMeters meters) {
        this.image = image;
        this.meters = meters;
    }

    /** What was found for a client, to be found again without a search as long as it is the same. */
    public static final class Memory {
        private volatile @Nullable Found last;
    }

    private record Found(Quotas quotas, int generation, String user, String clientId, ClientQuotas found) {
        /** Quotas that are equal and not the same are looked up again, which is cheaper than to compare them. */
        @SuppressWarnings("ReferenceEquality")
        boolean isStill(Quotas now, int generationNow, String who, String called) {
            return quotas == now && generation == generationNow && clientId.equals(called) && user.equals(who);
        }
    }

    /** Whether anybody has a quota at all. */
    public boolean isAnyThere() {
        return !image.get().quotas().records().isEmpty();
    }

    /** The longest that somebody is kept waiting who cannot do anything meanwhile: a sample, as in Kafka. */
    public Duration shortThrottleMax() {
        return meters.rates().sample();
    }

    /**
     * What holds for a client. No quota has a name longer than {@link QuotaRules#NAME_LENGTH_MAX}, and no longer ones are kept: those
     * that begin alike are one.
     */
    public ClientQuotas of(String anyUser, String anyClientId, Memory memory, long nowNanos) {
        String user = cut(anyUser);
        String clientId = cut(anyClientId);
        Quotas quotas = image.get().quotas();
        int generation = meters.generation();
        Found last = memory.last;
        if (last != null && last.isStill(quotas, generation, user, clientId)) {
            return last.found();
        }
        Found found = new Found(quotas, generation, user, clientId, find(quotas, user, clientId, nowNanos));
        memory.last = found;
        return found.found();
    }

    private static String cut(String name) {
        return name.length() <= QuotaRules.NAME_LENGTH_MAX ? name : name.substring(0, QuotaRules.NAME_LENGTH_MAX);
    }

    /** What holds for the connections from an address, or null when there is no limit. */
    public @Nullable MeteredQuota ofAddress(String ip, long nowNanos) {
        QuotaFound found = image.get().quotas().addressLimit(ip).orElse(null);
        return found == null ? null : metered(QuotaKind.CONNECTION_CREATION_RATE, found, "", "", ip, nowNanos);
    }

    private ClientQuotas find(Quotas quotas, String user, String clientId, long nowNanos) {
        EnumMap<QuotaKind, MeteredQuota> all = new EnumMap<>(QuotaKind.class);
        for (QuotaKind kind : OF_CLIENTS) {
            quotas.limit(kind, user, clientId)
                    .ifPresent(found -> all.put(kind, metered(kind, found, user, clientId, "", nowNanos)));
        }
        return ClientQuotas.of(all, meters.rates());
    }

    /** A quota of users is shared by all clients of a user, one of client ids by all users of a client id. */
    private MeteredQuota metered(
            QuotaKind kind, QuotaFound found, String user, String clientId, String ip, long nowNanos) {
        QuotaEntity whose = new QuotaEntity(
                real(found.entity().user(), user),
                real(found.entity().clientId(), clientId),
                real(found.entity().ip(), ip));
        return new MeteredQuota(meters.find(kind, whose, found.entity(), nowNanos), found.limit());
    }

    private static Optional<QuotaName> real(Optional<QuotaName> found, String name) {
        return found.map(_ -> new QuotaName.Named(name));
    }
}
