package io.millrace.core.metadata;

import io.millrace.core.model.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is legal about quotas. Kafka's rules (KIP-546, KIP-612); the greatest lengths and numbers are ours. */
public final class QuotaRules {
    /** Longest name of a user or client id, in characters. */
    public static final int NAME_LENGTH_MAX = 512;

    /** Most entities that have quotas. */
    public static final int ENTITIES_MAX = 10_000;

    /**
     * Most bytes of UTF-8 that the names of all entities have together. ZooKeeper lists a directory in one answer of at most
     * 1 MiB, where a byte of a name may be written as three.
     */
    public static final int NAMES_BYTES_MAX = 256 * 1024;

    private QuotaRules() {}

    /**
     * Returns what is wrong with a change in words for its sender, or nothing when it is legal.
     *
     * @param set limits by kind
     * @param reset kinds whose limit ends
     */
    public static Optional<String> problemOf(
            QuotaEntity entity, SortedMap<QuotaKind, Double> set, SortedSet<QuotaKind> reset) {
        Optional<String> problem = problemOf(entity);
        SortedSet<QuotaKind> kinds = new TreeSet<>(set.keySet());
        kinds.addAll(reset);
        for (QuotaKind kind : kinds) {
            Double limit = set.get(kind);
            problem = problem.or(() -> problemOf(entity, kind))
                    .or(() -> limit == null ? Optional.empty() : kind.problemOf(limit))
                    .or(() -> limit != null && reset.contains(kind)
                            ? Optional.of(kind.configName() + " of " + entity + " cannot be set and reset at once.")
                            : Optional.empty());
        }
        return problem;
    }

    /** Returns what is wrong with the names of an entity, or nothing when they are legal. */
    public static Optional<String> problemOf(QuotaEntity entity) {
        return entity.user()
                .flatMap(name -> problemOf("user", name))
                .or(() -> entity.clientId().flatMap(name -> problemOf("client-id", name)))
                .or(() -> entity.ip().flatMap(QuotaRules::problemOfIp));
    }

    /** The entity under the one name of its address; its names are legal. */
    public static QuotaEntity canonical(QuotaEntity entity) {
        return entity.ip().orElse(QuotaName.Default.NAME) instanceof QuotaName.Named(String ip)
                ? QuotaEntity.ofIp(QuotaName.of(IpAddress.canonical(ip).orElseThrow()))
                : entity;
    }

    /** How much of {@link #NAMES_BYTES_MAX} the names of an entity take. */
    public static int nameBytes(QuotaEntity entity) {
        return nameBytes(entity.user()) + nameBytes(entity.clientId()) + nameBytes(entity.ip());
    }

    private static Optional<String> problemOf(QuotaEntity entity, QuotaKind kind) {
        if (kind.forAddresses() == entity.ip().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                kind.forAddresses()
                        ? kind.configName() + " is for an ip, not for " + entity + "."
                        : kind.configName() + " is for a user, a client-id or both, not for " + entity + ".");
    }

    private static Optional<String> problemOf(String part, QuotaName name) {
        if (!(name instanceof QuotaName.Named(String text))) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.of("The " + part + " of a quota must not be empty.");
        }
        if (text.length() > NAME_LENGTH_MAX) {
            return Optional.of("The " + part + " of a quota has at most " + NAME_LENGTH_MAX
                    + " characters; this one has " + text.length() + ".");
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.empty()
                : Optional.of("The " + part + " of a quota has half a character: a surrogate without its other half.");
    }

    private static Optional<String> problemOfIp(QuotaName name) {
        return name instanceof QuotaName.Named(String text)
                        && IpAddress.canonical(text).isEmpty()
                ? Optional.of("The ip of a quota must be an IPv4 or IPv6 address, not " + name + ".")
                : Optional.empty();
    }

    private static int nameBytes(Optional<QuotaName> part) {
        return part.orElse(QuotaName.Default.NAME) instanceof QuotaName.Named(String text)
                ? text.getBytes(StandardCharsets.UTF_8).length
                : 0;
    }
}
