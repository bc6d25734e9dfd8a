package io.millrace.rpc.wire;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.internal.v1.AlterQuotasResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Requests that change quotas, and what became of them. What they ask for is the controller's to judge. */
public final class QuotaChanges {
    /** Most entities of one request. */
    public static final int ALTERATIONS_MAX = 10_000;

    private QuotaChanges() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.AlterQuotasRequest encode(AlterQuotasRequest request) {
        var to = io.millrace.internal.v1.AlterQuotasRequest.newBuilder().setValidateOnly(request.validateOnly());
        for (AlterQuotasRequest.Alteration alteration : request.alterations()) {
            to.addAlterationsBuilder()
                    .setEntity(QuotaFacts.encode(alteration.entity()))
                    .putAllSet(QuotaFacts.encode(alteration.set()))
                    .addAllReset(alteration.reset().stream()
                            .map(QuotaKind::configName)
                            .toList());
        }
        return to.build();
    }

    /** Refuses entities that are nobody, lists without an end, and kinds that this version does not know. */
    public static AlterQuotasRequest decode(io.millrace.internal.v1.AlterQuotasRequest from)
            throws MalformedMessageException {
        if (from.getAlterationsCount() > ALTERATIONS_MAX) {
            throw new MalformedMessageException("A request alters quotas of at most " + ALTERATIONS_MAX
                    + " entities; this one has " + from.getAlterationsCount() + ".");
        }
        List<AlterQuotasRequest.Alteration> alterations = new ArrayList<>(from.getAlterationsCount());
        for (io.millrace.internal.v1.AlterQuotasRequest.Alteration alteration : from.getAlterationsList()) {
            SortedSet<QuotaKind> reset = new TreeSet<>();
            for (String kind : alteration.getResetList()) {
                reset.add(QuotaFacts.decode(kind));
            }
            alterations.add(new AlterQuotasRequest.Alteration(
                    QuotaFacts.decodeAnyNames(alteration.getEntity()),
                    QuotaFacts.decode(alteration.getSetMap()),
                    reset));
        }
        return new AlterQuotasRequest(alterations, from.getValidateOnly());
    }

    /** Cannot fail. */
    public static AlterQuotasResponse.Alterations encode(List<Outcome<QuotaEntity>> outcomes) {
        AlterQuotasResponse.Alterations.Builder to = AlterQuotasResponse.Alterations.newBuilder();
        for (Outcome<QuotaEntity> outcome : outcomes) {
            AlterQuotasResponse.Part.Builder part = AlterQuotasResponse.Part.newBuilder();
            to.addParts(
                    Outcomes.encode(outcome, altered -> part.setAltered(QuotaFacts.encode(altered)), part::setRefusal)
                            .build());
        }
        return to.build();
    }

    /** Refuses a part without an outcome, and an entity that cannot be. */
    public static List<Outcome<QuotaEntity>> decode(AlterQuotasResponse.Alterations from)
            throws MalformedMessageException {
        List<Outcome<QuotaEntity>> outcomes = new ArrayList<>(from.getPartsCount());
        for (AlterQuotasResponse.Part part : from.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case ALTERED -> Outcome.done(QuotaFacts.decode(part.getAltered()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }
}
