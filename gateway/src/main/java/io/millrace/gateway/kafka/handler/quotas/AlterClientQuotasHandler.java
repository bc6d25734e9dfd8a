package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import io.millrace.gateway.routing.QuotaChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntryData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** AlterClientQuotas (KIP-546): sets and removes quotas, each entity's as a whole or not at all. */
final class AlterClientQuotasHandler implements ApiHandler<AlterClientQuotasRequestData> {
    private final QuotaChanges changes;

    AlterClientQuotasHandler(QuotaChanges changes) {
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.ALTER_CLIENT_QUOTAS, 0, 1);
    }

    @Override
    public void handle(AlterClientQuotasRequestData request, Call call) {
        List<EntryData> results = new ArrayList<>();
        List<Alteration> alterations = new ArrayList<>();
        List<EntryData> resultsOfAlterations = new ArrayList<>();
        List<AlterationDraft> drafts =
                request.entries().stream().map(AlterationDraft::new).toList();
        Map<QuotaEntity, Integer> times = new HashMap<>();
        drafts.forEach(draft -> draft.entity().ifPresent(entity -> times.merge(entity, 1, Integer::sum)));
        for (AlterationDraft draft : drafts) {
            EntryData result = new EntryData().setEntity(draft.named());
            results.add(result);
            boolean twice = draft.entity().map(times::get).orElse(1) > 1;
            if (twice) {
                refuse(result, Errors.INVALID_REQUEST, "The entity is named more than once in this request.");
            } else if (draft.problem().isPresent()) {
                refuse(result, Errors.INVALID_REQUEST, draft.problem().get());
            } else {
                alterations.add(draft.alteration());
                resultsOfAlterations.add(result);
            }
        }
        AlterClientQuotasResponseData response = new AlterClientQuotasResponseData().setEntries(results);
        if (alterations.isEmpty()) {
            call.reply(response);
            return;
        }
        call.replyWhen(changes.alter(new AlterQuotasRequest(alterations, request.validateOnly())), outcome -> {
            fill(resultsOfAlterations, outcome);
            call.reply(response);
        });
    }

    private static void fill(List<EntryData> results, Outcome<List<Outcome<QuotaEntity>>> outcome) {
        for (int i = 0; i < results.size(); i++) {
            switch (outcome) {
                case Outcome.Refused<List<Outcome<QuotaEntity>>>(Refusal refusal) -> refuse(results.get(i), refusal);
                case Outcome.Done<List<Outcome<QuotaEntity>>>(List<Outcome<QuotaEntity>> each) -> {
                    if (each.get(i) instanceof Outcome.Refused<QuotaEntity>(Refusal refusal)) {
                        refuse(results.get(i), refusal);
                    }
                }
            }
        }
    }

    private static void refuse(EntryData result, Refusal refusal) {
        refuse(result, ProtocolErrors.of(refusal), refusal.message());
    }

    private static void refuse(EntryData result, Errors error, String message) {
        result.setErrorCode(error.code()).setErrorMessage(message);
    }
}
