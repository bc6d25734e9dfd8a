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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Changes of quotas, answered when this gateway's own picture shows them, as {@link TopicChanges} are. Safe for any thread. */
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
            case Outcome.Done<List<Outcome<QuotaEntity>>>(List<Outcome<QuotaEntity>> outcomes) -> {
                Made made = Made.of(request.alterations(), outcomes);
                yield picture.until(made::isShown).thenApply(image -> outcome);
            }
            case Outcome.Refused<List<Outcome<QuotaEntity>>> refused -> CompletableFuture.completedFuture(refused);
        });
    }

    /** What a request has made of the kinds that it named: their limits, or none. */
    private record Made(SortedMap<QuotaEntity, SortedMap<QuotaKind, Optional<Double>>> limits) {
        static Made of(List<Alteration> asked, List<Outcome<QuotaEntity>> outcomes) {
            SortedMap<QuotaEntity, SortedMap<QuotaKind, Optional<Double>>> limits = new TreeMap<>();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Done<QuotaEntity>(QuotaEntity entity)) {
                    Map<QuotaKind, Optional<Double>> made = limits.computeIfAbsent(entity, _ -> new TreeMap<>());
                    asked.get(i).reset().forEach(kind -> made.put(kind, Optional.empty()));
                    asked.get(i).set().forEach((kind, limit) -> made.put(kind, Optional.of(limit)));
                }
            }
            return new Made(limits);
        }

        boolean isShown(ClusterImage image) {
            return limits.entrySet().stream().allMatch(made -> {
                SortedMap<QuotaKind, Double> shown = image.quotas().limits(made.getKey());
                return made.getValue().entrySet().stream()
                        .allMatch(limit ->
                                Optional.ofNullable(shown.get(limit.getKey())).equals(limit.getValue()));
            });
        }
    }
}
