package io.millrace.controller.liveness;

import java.time.Duration;
import java.util.ArrayList;
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
 * <p>Confined to the controller's event loop.
 */
public final class BrokerLeases {
    private final long leaseNanos;
    private final long disconnectGraceNanos;
    private final Map<Integer, Lease> leases = new TreeMap<>();
    private final Map<Integer, Long> doubtedSinceNanos = new TreeMap<>();

    /**
     * No leases yet.
     *
     * @param disconnectGrace how long a broker may be without a connection before it is held for dead
     */
    public BrokerLeases(Duration lease, Duration disconnectGrace) {
        leaseNanos = lease.toNanos();
        disconnectGraceNanos = disconnectGrace.toNanos();
    }

    /** Forgets every lease, at the beginning of a lead. */
    public void clear() {
        leases.clear();
        doubtedSinceNanos.clear();
    }

    /** Gives a lease to a broker that may live. */
    public void assume(int brokerId, long nowNanos) {
        Lease lease = leases.get(brokerId);
        leases.put(brokerId, new Lease(nowNanos, lease != null && lease.proven, lease == null ? -1 : lease.version));
    }

    /**
     * Renews the lease of a broker that was heard.
     *
     * @param metadataVersion of the picture that it has carried out
     */
    public void renew(int brokerId, long nowNanos, long metadataVersion) {
        leases.put(brokerId, new Lease(nowNanos, true, metadataVersion));
        doubtedSinceNanos.remove(brokerId);
    }

    /** Ends the lease of a broker that is no longer to be waited for. */
    public void end(int brokerId) {
        leases.remove(brokerId);
        doubtedSinceNanos.remove(brokerId);
    }

    /** The broker's connection has broken; it dies or comes back within the grace. */
    public void doubt(int brokerId, long nowNanos) {
        doubtedSinceNanos.putIfAbsent(brokerId, nowNanos);
    }

    /** After a pause of this process, in which heartbeats may have been missed by its own fault. */
    public void extendAll(long nowNanos) {
        List.copyOf(leases.keySet()).forEach(brokerId -> assume(brokerId, nowNanos));
    }

    /** Says whether the broker has been heard under this lead and its lease still runs. */
    public boolean isProvenAlive(int brokerId, long nowNanos) {
        Lease lease = leases.get(brokerId);
        return lease != null && lease.proven && nowNanos - lease.renewedAtNanos < leaseNanos;
    }

    /** What is left of the broker's lease; zero when it has none. */
    public Duration remaining(int brokerId, long nowNanos) {
        Lease lease = leases.get(brokerId);
        return lease == null
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, leaseNanos - (nowNanos - lease.renewedAtNanos)));
    }

    /** The brokers whose leases have run out or whose connections stayed broken, in order of their ids. */
    public List<Integer> expired(long nowNanos) {
        List<Integer> expired = new ArrayList<>();
        leases.forEach((brokerId, lease) -> {
            Long doubtedSince = doubtedSinceNanos.get(brokerId);
            boolean givenUp = doubtedSince != null && nowNanos - doubtedSince >= disconnectGraceNanos;
            if (givenUp || nowNanos - lease.renewedAtNanos >= leaseNanos) {
                expired.add(brokerId);
            }
        });
        return expired;
    }

    /** The version of the picture that the broker reported last under this lead, or -1. */
    public long reportedVersion(int brokerId) {
        @Nullable Lease lease = leases.get(brokerId);
        return lease == null ? -1 : lease.version;
    }

    /**
     * A lease.
     *
     * @param proven whether the broker itself was heard
     * @param version of the picture reported, or -1
     */
    private record Lease(long renewedAtNanos, boolean proven, long version) {}
}
