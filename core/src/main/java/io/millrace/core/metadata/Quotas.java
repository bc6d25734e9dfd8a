package io.millrace.core.metadata;

import io.millrace.core.model.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** All quotas of a picture. Immutable; to look one up takes a few steps of a search and no scan. */
public record Quotas(PSortedMap<QuotaEntity, QuotaRecord> records) {
    public static final Quotas NONE = new Quotas(TreePMap.empty());

    /** The quotas of every entity that has any, in the order of entities. */
    public Collection<QuotaRecord> all() {
        return records.values();
    }

    /** What was set for just this entity; empty when nothing was. */
    public SortedMap<QuotaKind, Double> limits(QuotaEntity entity) {
        QuotaRecord found = records.get(entity);
        return found == null ? Collections.emptySortedMap() : found.limits();
    }

    /**
     * The limit that holds for a client id of a user. Kafka's order: what is set for the user goes before what is set for all
     * users, and that before what is set for the client id alone; within each, what names the client id goes first, then what
     * is for all client ids of the user, then what is for the user as a whole.
     */
    public Optional<QuotaFound> limit(QuotaKind kind, String user, String clientId) {
        QuotaName client = QuotaName.of(clientId);
        for (QuotaName whom : List.of(QuotaName.of(user), QuotaName.Default.NAME)) {
            Optional<QuotaFound> found = found(kind, QuotaEntity.of(whom, client))
                    .or(() -> found(kind, QuotaEntity.of(whom, QuotaName.Default.NAME)))
                    .or(() -> found(kind, QuotaEntity.ofUser(whom)));
            if (found.isPresent()) {
                return found;
            }
        }
        return found(kind, QuotaEntity.ofClientId(client))
                .or(() -> found(kind, QuotaEntity.ofClientId(QuotaName.Default.NAME)));
    }

    /**
     * How many connections an address may open per second: what is set for it, or else what is set for all (KIP-612).
     *
     * @param ip an address literal in any spelling; its scope ({@code %eth0}), if it has one, does not matter
     */
    public Optional<QuotaFound> addressLimit(String ip) {
        int scope = ip.indexOf('%');
        String literal = scope < 0 ? ip : ip.substring(0, scope);
        QuotaName address = QuotaName.of(IpAddress.canonical(literal).orElse(ip));
        return found(QuotaKind.CONNECTION_CREATION_RATE, QuotaEntity.ofIp(address))
                .or(() -> found(QuotaKind.CONNECTION_CREATION_RATE, QuotaEntity.ofIp(QuotaName.Default.NAME)));
    }

    /** The quotas after a change of one entity's. */
    public Quotas with(MetadataChange change) {
        return switch (change) {
            case MetadataChange.Put(QuotaRecord quota) -> new Quotas(records.plus(quota.entity(), quota));
            case MetadataChange.Removed(MetadataKey.Quota(QuotaEntity entity)) -> new Quotas(records.minus(entity));
            default -> throw new IllegalArgumentException("Not about a quota: " + change);
        };
    }

    private Optional<QuotaFound> found(QuotaKind kind, QuotaEntity entity) {
        QuotaRecord quota = records.get(entity);
        Double limit = quota == null ? null : quota.limits().get(kind);
        return limit == null ? Optional.empty() : Optional.of(new QuotaFound(entity, limit));
    }
}
