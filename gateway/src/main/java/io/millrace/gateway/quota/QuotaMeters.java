package io.millrace.gateway.quota;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of a gateway: one for each kind of quota and everybody who shares it, whichever connection they use. A meter that
 * nobody uses for an hour goes away. Clients may call themselves anything, so there is a limit to the meters of a kind: once it is
 * reached, everybody new who has no quota by his own name shares the one meter of the default that holds for him, until meters go
 * away. Safe for all threads.
 */
public final class QuotaMeters {
    /** The number of meters of a kind from which on there are none for names that nobody has set a quota for. */
    public static final int METERS_MAX = 10_000;

    /** Silence after which a meter goes away: longer than any window. */
    public static final Duration IDLE_MAX = Duration.ofHours(1);

    private static final long SWEEP_NANOS = Duration.ofMinutes(1).toNanos();

    private final QuotaWindow rates;
    private final QuotaWindow mutations;
    private final int metersMax;
    private final Map<QuotaKind, ConcurrentHashMap<QuotaEntity, QuotaMeter>> meters = new EnumMap<>(QuotaKind.class);
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicLong sweptNanos;

    /**
     * Has no meters yet.
     *
     * @param rates the window of all kinds but controller mutations
     * @param mutations the window of those
     */
    public QuotaMeters(QuotaWindow rates, QuotaWindow mutations, long nowNanos) {
        this(rates, mutations, METERS_MAX, nowNanos);
    }

    QuotaMeters(QuotaWindow rates, QuotaWindow mutations, int metersMax, long nowNanos) {
        this.rates = rates;
        this.mutations = mutations;
        this.metersMax = metersMax;
        this.sweptNanos = new AtomicLong(nowNanos);
        for (QuotaKind kind : QuotaKind.values()) {
            meters.put(kind, new ConcurrentHashMap<>());
        }
    }

    /** How many there are. */
    int size() {
        return meters.values().stream().mapToInt(Map::size).sum();
    }

    QuotaWindow rates() {
        return rates;
    }

    /** Goes up when meters go away: who keeps one that he found has to look again then. */
    int generation() {
        return generation.get();
    }

    /**
     * The meter of somebody.
     *
     * @param whose he himself, as far as the quota distinguishes
     * @param found the entity that has the quota, perhaps a default
     */
    QuotaMeter find(QuotaKind kind, QuotaEntity whose, QuotaEntity found, long nowNanos) {
        sweep(nowNanos);
        ConcurrentHashMap<QuotaEntity, QuotaMeter> ofKind = Objects.requireNonNull(meters.get(kind));
        boolean hasOwn = ofKind.size() < metersMax || ofKind.containsKey(whose);
        return ofKind.compute(hasOwn ? whose : found, (_, present) -> {
            QuotaMeter meter = present == null ? make(kind, nowNanos) : present;
            meter.touch(nowNanos);
            return meter;
        });
    }

    private QuotaMeter make(QuotaKind kind, long nowNanos) {
        return kind == QuotaKind.CONTROLLER_MUTATION_RATE
                ? new TokenBucket(mutations, nowNanos)
                : new RateMeter(rates, nowNanos);
    }

    /** Whoever looks for a meter takes away what is idle, now and then. */
    private void sweep(long nowNanos) {
        long last = sweptNanos.get();
        if (nowNanos - last < SWEEP_NANOS || !sweptNanos.compareAndSet(last, nowNanos)) {
            return;
        }
        boolean gone = false;
        for (ConcurrentHashMap<QuotaEntity, QuotaMeter> ofKind : meters.values()) {
            gone |= removeIdle(ofKind, nowNanos);
        }
        if (gone) {
            generation.incrementAndGet();
        }
    }

    private static boolean removeIdle(ConcurrentHashMap<QuotaEntity, QuotaMeter> meters, long nowNanos) {
        boolean gone = false;
        for (QuotaEntity whose : meters.keySet()) {
            gone |= meters.computeIfPresent(
                            whose, (_, meter) -> meter.isIdle(nowNanos, IDLE_MAX.toNanos()) ? null : meter)
                    == null;
        }
        return gone;
    }
}
