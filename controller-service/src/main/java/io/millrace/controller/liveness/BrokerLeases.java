package io.millrace.controller.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The leases of the brokers, which are known to this leader of the controller only and die with its lead. A lease runs
 * here from the arrival of a heartbeat and at the broker from its sending, so it never ends here first.
 *
 * <p>A leader that is new has heard of nobody: it assumes that every unfenced broker has just been given a lease, and
 * fences none before that lease has run out. Such an assumed lease is no proof of life, though: it does not keep a
 * broker that was killed and started again from registering at once.
 *
 * <p>A broker whose connection has broken is in doubt: it is heard again within the grace, on whatever connection, or
 * given up before its lease has run out.
 *
 * <p>Confined to the controller's event loop.
 */
public final class BrokerLeases {
    private final long leaseNanos;
    private final long disconnectGraceNanos;
    private final Map<Integer, Lease> leases = new TreeMap<>();

    /**
     * No leases yet.
     *
     * @param disconnectGrace how long a broker may be without a connection before it is held for dead
     */
    public BrokerLeases(Duration lease, Duration disconnectGrace) {
        leaseNanos = lease.toNanos();
        disconnectGraceNanos = disconnectGrace.toNanos();
    }

    /**
     * Begins a lead, without any doubt: only these brokers have leases, and new ones.
     *
     * @param unbroken whether nobody else has led since this process did; then what it heard meanwhile counts
     */
    public void begin(Collection<Integer> mayLive, boolean unbroken, long nowNanos) {
        Map<Integer, Lease> before = new TreeMap<>(leases);
        leases.clear();
        for (int brokerId : mayLive) {
            Lease known = unbroken ? before.get(brokerId) : null;
            leases.put(
                    brokerId,
                    known == null
                            ? new Lease(nowNanos, null, -1, null)
                            : new Lease(nowNanos, known.heardAtNanos, known.version, null));
        }
    }

    /**
     * Renews the lease of a broker that was heard.
     *
     * @param metadataVersion of the picture that it has carried out
     */
    public void renew(int brokerId, long nowNanos, long metadataVersion) {
        leases.put(brokerId, new Lease(nowNanos, nowNanos, metadataVersion, null));
    }

    /** Ends the lease of a broker that is no longer to be waited for. */
    public void end(int brokerId) {
        leases.remove(brokerId);
    }

    /** The broker's connection has broken; it dies or comes back within the grace. Without a lease it is dead already. */
    public void doubt(int brokerId, long nowNanos) {
        leases.computeIfPresent(
                brokerId,
                (id, lease) -> lease.doubtedAtNanos == null
                        ? new Lease(lease.runsFromNanos, lease.heardAtNanos, lease.version, nowNanos)
                        : lease);
    }

    /** After a pause of this process, in which heartbeats may have been missed by its own fault. */
    public void extendAll(long nowNanos) {
        leases.replaceAll((id, lease) -> new Lease(
                nowNanos,
                lease.heardAtNanos == null ? null : nowNanos,
                lease.version,
                lease.doubtedAtNanos == null ? null : nowNanos));
    }

    /** After a pause that was too short for {@link #extendAll}, but long for a broker to come back in. */
    public void extendGrace(long nowNanos) {
        leases.replaceAll((id, lease) -> lease.doubtedAtNanos == null
                ? lease
                : new Lease(lease.runsFromNanos, lease.heardAtNanos, lease.version, nowNanos));
    }

    /**
     * How long the broker is still to be reckoned with, unless it is heard again; zero when it has not been heard under
     * this lead, or an unbroken one.
     */
    public Duration untilGivenUp(int brokerId, long nowNanos) {
        Lease lease = leases.get(brokerId);
        if (lease == null || lease.heardAtNanos == null) {
            return Duration.ZERO;
        }
        long left = leaseNanos - (nowNanos - lease.heardAtNanos);
        long graceLeft = lease.doubtedAtNanos == null ? left : disconnectGraceNanos - (nowNanos - lease.doubtedAtNanos);
        return Duration.ofNanos(Math.max(0, Math.min(left, graceLeft)));
    }

    /** The brokers whose leases have run out or whose connections stayed broken, in order of their ids. */
    public List<Integer> expired(long nowNanos) {
        List<Integer> expired = new ArrayList<>();
        leases.forEach((brokerId, lease) -> {
            boolean givenUp = lease.doubtedAtNanos != null && nowNanos - lease.doubtedAtNanos >= disconnectGraceNanos;
            if (givenUp || nowNanos - lease.runsFromNanos >= leaseNanos) {
                expired.add(brokerId);
            }
        });
        return expired;
    }

    /** The version of the picture that the broker reported last under this lead, or an unbroken one; -1 if it did not. */
    public long reportedVersion(int brokerId) {
        @Nullable Lease lease = leases.get(brokerId);
        return lease == null ? -1 : lease.version;
    }

    /**
     * A lease.
     *
     * @param runsFromNanos when it was given, or assumed
     * @param heardAtNanos when the broker itself was heard, or null
     * @param version of the picture reported, or -1
     * @param doubtedAtNanos when its connection broke, or null
     */
    private record Lease(
            long runsFromNanos,
            @Nullable Long heardAtNanos,
            long version,
            @Nullable Long doubtedAtNanos) {}
}
