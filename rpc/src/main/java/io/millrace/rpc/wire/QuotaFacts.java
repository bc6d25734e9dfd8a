package io.millrace.rpc.wire;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.internal.v1.MetadataRecord;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Quotas, and whom they are for. */
final class QuotaFacts {
    private QuotaFacts() {}

    /** Cannot fail. */
    static MetadataRecord.Quota encode(QuotaRecord quota) {
        return MetadataRecord.Quota.newBuilder()
                .setEntity(encode(quota.entity()))
                .putAllLimits(encode(quota.limits()))
                .build();
    }

    /** Refuses quotas that no controller could have committed. */
    static QuotaRecord decode(MetadataRecord.Quota from) throws MalformedMessageException {
        QuotaEntity entity = decode(from.getEntity());
        SortedMap<QuotaKind, Double> limits = decode(from.getLimitsMap());
        Optional<String> problem = QuotaRules.problemOf(entity, limits, Collections.emptySortedSet());
        if (problem.isPresent()) {
            throw new MalformedMessageException(problem.get());
        }
        if (limits.isEmpty()) {
            throw new MalformedMessageException("A quota has no limit.");
        }
        return new QuotaRecord(entity, limits);
    }

    /** Cannot fail. */
    static io.millrace.internal.v1.QuotaEntity encode(QuotaEntity entity) {
        var to = io.millrace.internal.v1.QuotaEntity.newBuilder();
        entity.user().ifPresent(name -> to.setUser(encode(name)));
        entity.clientId().ifPresent(name -> to.setClientId(encode(name)));
        entity.ip().ifPresent(name -> to.setIp(encode(name)));
        return to.build();
    }

    /** Refuses an entity that is in no picture: nobody, one with illegal names, or an address in another spelling. */
    static QuotaEntity decode(io.millrace.internal.v1.QuotaEntity from) throws MalformedMessageException {
        QuotaEntity entity = decodeAnyNames(from);
        Optional<String> problem = QuotaRules.problemOf(entity);
        if (problem.isPresent()) {
            throw new MalformedMessageException(problem.get());
        }
        if (!QuotaRules.canonical(entity).equals(entity)) {
            throw new MalformedMessageException("There is another spelling of " + entity + ".");
        }
        return entity;
    }

    /** Leaves it to the controller to judge the names. */
    static QuotaEntity decodeAnyNames(io.millrace.internal.v1.QuotaEntity from) throws MalformedMessageException {
        Optional<QuotaName> user = from.hasUser() ? Optional.of(decode(from.getUser())) : Optional.empty();
        Optional<QuotaName> clientId = from.hasClientId() ? Optional.of(decode(from.getClientId())) : Optional.empty();
        Optional<QuotaName> ip = from.hasIp() ? Optional.of(decode(from.getIp())) : Optional.empty();
        Optional<String> problem = QuotaEntity.problemOf(user, clientId, ip);
        if (problem.isPresent()) {
            throw new MalformedMessageException(problem.get());
        }
        return new QuotaEntity(user, clientId, ip);
    }

    /** Cannot fail. */
    static SortedMap<String, Double> encode(SortedMap<QuotaKind, Double> limits) {
        SortedMap<String, Double> to = new TreeMap<>();
        limits.forEach((kind, limit) -> to.put(kind.configName(), limit));
        return to;
    }

    /** Refuses kinds that this version does not know. */
    static SortedMap<QuotaKind, Double> decode(Map<String, Double> from) throws MalformedMessageException {
        SortedMap<QuotaKind, Double> limits = new TreeMap<>();
        for (Map.Entry<String, Double> limit : from.entrySet()) {
            limits.put(decode(limit.getKey()), limit.getValue());
        }
        return limits;
    }

    /** Refuses a kind that this version does not know. */
    static QuotaKind decode(String kind) throws MalformedMessageException {
        return QuotaKind.named(kind).orElseThrow(() -> new MalformedMessageException(QuotaKind.noneNamed(kind)));
    }

    private static io.millrace.internal.v1.QuotaName encode(QuotaName name) {
        var to = io.millrace.internal.v1.QuotaName.newBuilder();
        switch (name) {
            case QuotaName.Named(String text) -> to.setNamed(text);
            case QuotaName.Default() -> to.getAnyOtherBuilder();
        }
        return to.build();
    }

    private static QuotaName decode(io.millrace.internal.v1.QuotaName from) throws MalformedMessageException {
        return switch (from.getNameCase()) {
            case NAMED -> QuotaName.of(from.getNamed());
            case ANY_OTHER -> QuotaName.Default.NAME;
            case NAME_NOT_SET -> throw new MalformedMessageException("A quota is for a name that is missing.");
        };
    }
}
