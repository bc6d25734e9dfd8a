package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.model.IpAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;

/** Which entities are asked for: those that match every component, and in a strict question have no further part (KIP-546). */
final class QuotaFilter {
    private static final byte EXACT = 0;
    private static final byte DEFAULT = 1;
    private static final byte ANY = 2;

    private final Map<EntityType, Predicate<QuotaName>> matches = new EnumMap<>(EntityType.class);
    private final boolean strict;

    QuotaFilter(boolean strict) {
        this.strict = strict;
    }

    /** Takes the components in; returns what is wrong with one of them in words for their sender. */
    Optional<String> add(List<ComponentData> components) {
        for (ComponentData component : components) {
            Optional<String> problem = add(component);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return matches.containsKey(EntityType.IP) && matches.size() > 1
                ? Optional.of("No quota is for an ip and for a user or a client-id too.")
                : Optional.empty();
    }

    private Optional<String> add(ComponentData component) {
        Optional<EntityType> type = EntityType.named(component.entityType());
        String match = component.match();
        if (type.isEmpty()) {
            return Optional.of(EntityType.unknown());
        }
        if (component.matchType() < EXACT || component.matchType() > ANY) {
            return Optional.of("There is no match type " + component.matchType() + ".");
        }
        if ((component.matchType() == EXACT) != (match != null)) {
            return Optional.of("A name is told where it is to match exactly, and only there.");
        }
        Predicate<QuotaName> wanted = switch (component.matchType()) {
            case DEFAULT -> QuotaName.Default.class::isInstance;
            case ANY -> _ -> true;
            default -> exactly(type.get(), match)::equals;
        };
        return matches.put(type.get(), wanted) == null
                ? Optional.empty()
                : Optional.of(type.get().twice());
    }

    /** Addresses are kept under one of their spellings. */
    private static QuotaName exactly(EntityType type, String name) {
        return QuotaName.of(type == EntityType.IP ? IpAddress.canonical(name).orElse(name) : name);
    }

    /** Whether an entity is asked for. */
    boolean matches(QuotaEntity entity) {
        for (EntityType type : EntityType.values()) {
            Predicate<QuotaName> wanted = matches.get(type);
            Optional<QuotaName> name = type.of(entity);
            boolean fits = wanted == null
                    ? !strict || name.isEmpty()
                    : name.filter(wanted).isPresent();
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
