package io.millrace.core.api;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Quotas to change (KIP-546), entity by entity in this order.
 *
 * @param validateOnly checks everything and changes nothing
 */
public record AlterQuotasRequest(List<Alteration> alterations, boolean validateOnly) {
    public AlterQuotasRequest {
        alterations = List.copyOf(alterations);
    }

    /**
     * Quotas of one entity to change, all of them or none. Kinds that are not named stay as they are.
     *
     * @param set limits by kind, in the unit of each
     * @param reset kinds whose limit ends, if there is one
     */
    public record Alteration(QuotaEntity entity, SortedMap<QuotaKind, Double> set, SortedSet<QuotaKind> reset) {
        public Alteration {
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
            reset = Collections.unmodifiableSortedSet(new TreeSet<>(reset));
        }
    }
}
