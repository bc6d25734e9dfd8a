package io.millrace.core.metadata;

import java.util.Comparator;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Whom a quota is for (KIP-546): a user, a client id, a user's client id, or the address that connections come from. In
 * order, those without a user come first, then those without a client id.
 */
public record QuotaEntity(Optional<QuotaName> user, Optional<QuotaName> clientId, Optional<QuotaName> ip)
        implements Comparable<QuotaEntity> {
    private static final Comparator<QuotaEntity> ORDER = Comparator.comparing(QuotaEntity::user, absentFirst())
            .thenComparing(QuotaEntity::clientId, absentFirst())
            .thenComparing(QuotaEntity::ip, absentFirst());

    /** Throws IllegalArgumentException on what {@link #problemOf} tells. */
    public QuotaEntity {
        problemOf(user, clientId, ip).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** A user, whatever client ids it has. */
    public static QuotaEntity ofUser(QuotaName user) {
        return new QuotaEntity(Optional.of(user), Optional.empty(), Optional.empty());
    }

    /** A client id, whoever uses it. */
    public static QuotaEntity ofClientId(QuotaName clientId) {
        return new QuotaEntity(Optional.empty(), Optional.of(clientId), Optional.empty());
    }

    /** A client id of a user. */
    public static QuotaEntity of(QuotaName user, QuotaName clientId) {
        return new QuotaEntity(Optional.of(user), Optional.of(clientId), Optional.empty());
    }

    /** The address that connections come from. */
    public static QuotaEntity ofIp(QuotaName ip) {
        return new QuotaEntity(Optional.empty(), Optional.empty(), Optional.of(ip));
    }

    /** Returns why there is no such entity in words for its sender, or nothing when there is. Names are not looked at. */
    public static Optional<String> problemOf(
            Optional<QuotaName> user, Optional<QuotaName> clientId, Optional<QuotaName> ip) {
        boolean client = user.isPresent() || clientId.isPresent();
        if (!client && ip.isEmpty()) {
            return Optional.of("A quota is for a user, a client id, both, or an ip; this one is for nobody.");
        }
        return client && ip.isPresent()
                ? Optional.of("A quota for an ip cannot be for a user or a client id too.")
                : Optional.empty();
    }

    @Override
    public int compareTo(QuotaEntity other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code user 'alice', client-id default}. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(", ");
        user.ifPresent(name -> parts.add("user " + name));
        clientId.ifPresent(name -> parts.add("client-id " + name));
        ip.ifPresent(name -> parts.add("ip " + name));
        return parts.toString();
    }

    private static Comparator<Optional<QuotaName>> absentFirst() {
        return Comparator.comparing(name -> name.orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));
    }
}
