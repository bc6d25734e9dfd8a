package io.millrace.controller.control;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.core.metadata.Quotas;
import io.millrace.core.statemachine.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quotas that one decision changes entity by entity. Each alteration sees what those before it have made, and has an
 * outcome of its own: one that is refused does not hold the others up.
 */
final class QuotaDecisions {
    private final Quotas committed;
    private final Map<QuotaEntity, SortedMap<QuotaKind, Double>> altered = new LinkedHashMap<>();
    private int entities;
    private int nameBytes;

    private QuotaDecisions(Quotas committed) {
        this.committed = committed;
        this.entities = committed.all().size();
        this.nameBytes = committed.all().stream()
                .mapToInt(quota -> QuotaRules.nameBytes(quota.entity()))
                .sum();
    }

    static Decision<MetadataKey, MetadataRecord, List<Outcome<QuotaEntity>>> alter(
            ClusterImage image, AlterQuotasRequest request) {
        QuotaDecisions decisions = new QuotaDecisions(image.quotas());
        List<Outcome<QuotaEntity>> outcomes = new ArrayList<>();
        request.alterations().forEach(alteration -> outcomes.add(decisions.alter(alteration)));
        return request.validateOnly()
                ? Decision.unchanged(List.copyOf(outcomes))
                : Decision.of(decisions.changes().list(), List.copyOf(outcomes));
    }

    private Outcome<QuotaEntity> alter(Alteration wish) {
        Optional<String> problem = QuotaRules.problemOf(wish.entity(), wish.set(), wish.reset());
        if (problem.isPresent()) {
            return Outcome.refused(new Refusal.InvalidRequest(problem.get()));
        }
        QuotaEntity entity = QuotaRules.canonical(wish.entity());
        SortedMap<QuotaKind, Double> before = altered.getOrDefault(entity, committed.limits(entity));
        SortedMap<QuotaKind, Double> after = new TreeMap<>(before);
        after.keySet().removeAll(wish.reset());
        after.putAll(wish.set());
        problem = makeRoom(entity, before.isEmpty(), after.isEmpty());
        if (problem.isPresent()) {
            return Outcome.refused(new Refusal.InvalidRequest(problem.get()));
        }
        altered.put(entity, after);
        return Outcome.done(entity);
    }

    private Optional<String> makeRoom(QuotaEntity entity, boolean isNew, boolean goes) {
        if (isNew == goes) {
            return Optional.empty(); // as many as before
        }
        int more = goes ? -1 : 1;
        int moreBytes = more * QuotaRules.nameBytes(entity);
        if (isNew && entities + more > QuotaRules.ENTITIES_MAX) {
            return Optional.of("At most " + QuotaRules.ENTITIES_MAX + " users, client-ids and ips have quotas.");
        }
        if (isNew && nameBytes + moreBytes > QuotaRules.NAMES_BYTES_MAX) {
            return Optional.of("The names of all users, client-ids and ips that have quotas have at most "
                    + QuotaRules.NAMES_BYTES_MAX + " bytes together; they have " + nameBytes + " already.");
        }
        entities += more;
        nameBytes += moreBytes;
        return Optional.empty();
    }

    private Changes changes() {
        Changes changes = new Changes();
        altered.forEach((entity, limits) -> {
            if (limits.equals(committed.limits(entity))) {
                return;
            }
            if (limits.isEmpty()) {
                changes.remove(new MetadataKey.Quota(entity));
            } else {
                changes.put(new QuotaRecord(entity, limits));
            }
        });
        return changes;
    }
}
