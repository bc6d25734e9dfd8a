package io.millrace.core.api.twin;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.core.metadata.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What requests about quotas make of them in a cluster that has room for any number. */
final class TwinQuotas {
    private final List<MetadataChange> changes = new ArrayList<>();
    private Quotas quotas;

    TwinQuotas(Quotas quotas) {
        this.quotas = quotas;
    }

    List<MetadataChange> changes() {
        return changes;
    }

    List<Outcome<QuotaEntity>> alter(AlterQuotasRequest request) {
        List<Outcome<QuotaEntity>> outcomes = new ArrayList<>();
        for (Alteration alteration : request.alterations()) {
            Optional<String> problem = QuotaRules.problemOf(alteration.entity(), alteration.set(), alteration.reset());
            outcomes.add(
                    problem.isPresent()
                            ? Outcome.refused(new Refusal.InvalidRequest(problem.get()))
                            : Outcome.done(alter(alteration, request.validateOnly())));
        }
        return outcomes;
    }

    private QuotaEntity alter(Alteration alteration, boolean validateOnly) {
        QuotaEntity entity = QuotaRules.canonical(alteration.entity());
        SortedMap<QuotaKind, Double> before = quotas.limits(entity);
        SortedMap<QuotaKind, Double> after = new TreeMap<>(before);
        after.keySet().removeAll(alteration.reset());
        after.putAll(alteration.set());
        if (!after.equals(before) && !validateOnly) {
            MetadataChange change = after.isEmpty()
                    ? new MetadataChange.Removed(new MetadataKey.Quota(entity))
                    : new MetadataChange.Put(new QuotaRecord(entity, after));
            quotas = quotas.with(change);
            changes.add(change);
        }
        return entity;
    }
}
