package io.millrace.gateway.routing;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Changes of quotas, answered when this gateway's own picture shows them, as {@link TopicChanges} are: whoever has set a quota here
 * finds it here, and it holds.
 */
public final class QuotaChanges {
    private final ControllerApi controller;
    private final PictureWait picture;

    /** Changes quotas through the controller. */
    public QuotaChanges(ControllerApi controller, PictureWait picture) {
        this.controller = controller;
        this.picture = picture;
    }

    /** See {@link ControllerApi#alterQuotas}. */
    public CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> alter(AlterQuotasRequest request) {
        CompletableFuture<Outcome<List<Outcome<QuotaEntity>>>> change = controller.alterQuotas(request);
        if (request.validateOnly()) {
            return change;
        }
        return change.thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<List<Outcome<QuotaEntity>>>(List<Outcome<QuotaEntity>> each) ->
                picture.until(image -> shows(image, request.alterations(), each))
                        .thenApply(image -> outcome);
            case Outcome.Refused<List<Outcome<QuotaEntity>>> refused -> CompletableFuture.completedFuture(refused);
        });
    }

    private static boolean shows(
            ClusterImage image, List<Alteration> alterations, List<Outcome<QuotaEntity>> outcomes) {
        for (int i = 0; i < alterations.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Done<QuotaEntity>(QuotaEntity entity)
                    && !shows(image.quotas().limits(entity), alterations.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean shows(Map<QuotaKind, Double> limits, Alteration alteration) {
        return limits.entrySet().containsAll(alteration.set().entrySet())
                && alteration.reset().stream().noneMatch(limits::containsKey);
    }
}
