package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntryData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.jspecify.annotations.Nullable;

/** What a client wants to change for one entity, as far as it can be understood. */
final class AlterationDraft {
    private final EntryData entry;
    private final Map<EntityType, QuotaName> parts = new EnumMap<>(EntityType.class);
    private final SortedMap<QuotaKind, Double> set = new TreeMap<>();
    private final SortedSet<QuotaKind> reset = new TreeSet<>();
    private @Nullable String problem;

    AlterationDraft(EntryData entry) {
        this.entry = entry;
        entry.entity().forEach(this::add);
        entry.ops().forEach(this::add);
        if (problem == null) {
            problem = QuotaEntity.problemOf(part(EntityType.USER), part(EntityType.CLIENT_ID), part(EntityType.IP))
                    .orElse(null);
        }
    }

    private void add(EntityData part) {
        Optional<EntityType> type = EntityType.named(part.entityType());
        if (type.isEmpty()) {
            refuse(EntityType.unknown());
        } else if (parts.put(type.get(), EntityType.fromWire(part.entityName())) != null) {
            refuse(type.get().twice());
        }
    }

    private void add(OpData change) {
        Optional<QuotaKind> kind = QuotaKind.named(change.key());
        if (kind.isEmpty()) {
            refuse(QuotaKind.noneNamed(change.key()));
        } else if (set.containsKey(kind.get()) || reset.contains(kind.get())) {
            refuse("The quota " + kind.get().configName() + " is named more than once.");
        } else if (change.remove()) {
            reset.add(kind.get());
        } else {
            set.put(kind.get(), change.value());
        }
    }

    private void refuse(String reason) {
        problem = problem == null ? reason : problem;
    }

    private Optional<QuotaName> part(EntityType type) {
        return Optional.ofNullable(parts.get(type));
    }

    /** Why it cannot be done, in words for its sender. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whom it is for, if that can be understood. */
    Optional<QuotaEntity> entity() {
        return problem == null ? Optional.of(alteration().entity()) : Optional.empty();
    }

    /** The change; there is no problem. */
    Alteration alteration() {
        QuotaEntity entity = new QuotaEntity(part(EntityType.USER), part(EntityType.CLIENT_ID), part(EntityType.IP));
        return new Alteration(entity, set, reset);
    }

    /** Its entity as the client has named it, for the response. */
    List<AlterClientQuotasResponseData.EntityData> named() {
        return entry.entity().stream()
                .map(part -> new AlterClientQuotasResponseData.EntityData()
                        .setEntityType(part.entityType())
                        .setEntityName(part.entityName()))
                .toList();
    }
}
