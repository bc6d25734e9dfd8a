package io.millrace.gateway.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.paging.ResourceList;
import io.millrace.gateway.rest.problem.Refusals;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.gateway.routing.QuotaKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /v3/clusters/{c}/quotas}: how much clients may ask for (KIP-546). An entity that is refused is told beside those that
 * are not, and the status is 207 then.
 */
@RestController
public final class QuotaResource {
    private static final String QUOTAS = "/v3/clusters/{clusterId}/quotas";

    private final ClusterPath path;
    private final QuotaChanges changes;
    private final JsonBodies bodies;

    public QuotaResource(ClusterPath path, QuotaChanges changes, JsonBodies bodies) {
        this.path = path;
        this.changes = changes;
        this.bodies = bodies;
    }

    @GetMapping(QUOTAS)
    ResourceList<Quota> list(@PathVariable String clusterId, HttpServletRequest request) {
        ClusterImage cluster = path.cluster(clusterId);
        return ResourceList.page(
                "MillraceQuotaList",
                cluster.quotas().all(),
                new ResourceList.Key<>(quota -> new QuotaKey(quota.entity()), QuotaKey::parse),
                quota -> Quota.of(cluster.clusterId(), quota),
                request);
    }

    @PostMapping(QUOTAS + ":alter")
    ResponseEntity<Changes> alter(@PathVariable String clusterId, HttpServletRequest request) throws IOException {
        path.cluster(clusterId);
        AlterQuotasRequest wish = bodies.read(request, Alterations.class).toRequest();
        List<Outcome<QuotaEntity>> outcomes =
                Refusals.orProblem(changes.alter(wish).join());
        List<Change> data = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            data.add(
                    switch (outcomes.get(i)) {
                        case Outcome.Done<QuotaEntity>(QuotaEntity altered) -> new Change(Entity.of(altered), null);
                        case Outcome.Refused<QuotaEntity>(Refusal refusal) ->
                            new Change(
                                    Entity.of(wish.alterations().get(i).entity()),
                                    PartitionChangeResource.Reason.of(Refusals.problemOf(refusal)));
                    });
        }
        boolean allDone = data.stream().allMatch(one -> one.error() == null);
        return ResponseEntity.status(allDone ? HttpStatus.OK : HttpStatus.MULTI_STATUS)
                .body(new Changes("MillraceQuotaChangeList", data));
    }

    private static QuotaKind kind(String name) {
        return QuotaKind.named(name).orElseThrow(() -> invalid(QuotaKind.noneNamed(name)));
    }

    private static RuntimeException invalid(String message) {
        return Refusals.problemOf(new Refusal.InvalidRequest(message)).asException();
    }

    /** The JSON shape of the quotas of one entity, the limits by Kafka's names. */
    record Quota(String kind, String clusterId, Entity entity, Map<String, Double> limits) {
        static Quota of(String clusterId, QuotaRecord quota) {
            SortedMap<String, Double> limits = new TreeMap<>();
            quota.limits().forEach((kind, limit) -> limits.put(kind.configName(), limit));
            return new Quota("MillraceQuota", clusterId, Entity.of(quota.entity()), limits);
        }
    }

    /** The JSON shape of whom a quota is for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entity(
            @Nullable Name user,
            @Nullable Name clientId,
            @Nullable Name ip) {
        static Entity of(QuotaEntity entity) {
            return new Entity(
                    entity.user().map(Name::of).orElse(null),
                    entity.clientId().map(Name::of).orElse(null),
                    entity.ip().map(Name::of).orElse(null));
        }

        QuotaEntity toEntity() {
            Optional<QuotaName> aUser = Optional.ofNullable(user).map(Name::toName);
            Optional<QuotaName> aClientId = Optional.ofNullable(clientId).map(Name::toName);
            Optional<QuotaName> anIp = Optional.ofNullable(ip).map(Name::toName);
            QuotaEntity.problemOf(aUser, aClientId, anIp).ifPresent(problem -> {
                throw invalid(problem);
            });
            return new QuotaEntity(aUser, aClientId, anIp);
        }
    }

    /** The JSON shape of one user, client id or address, or of whoever has no quota under its name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Name(
            @Nullable String name,
            @JsonProperty("default") @Nullable Boolean isDefault) {
        static Name of(QuotaName name) {
            return switch (name) {
                case QuotaName.Named(String text) -> new Name(text, null);
                case QuotaName.Default() -> new Name(null, true);
            };
        }

        QuotaName toName() {
            boolean anyOther = Boolean.TRUE.equals(isDefault);
            if (name == null && !anyOther) {
                throw JsonBodies.missing("name");
            }
            if (name != null && anyOther) {
                throw invalid("Either one has a name or is the default, not both.");
            }
            return name == null ? QuotaName.Default.NAME : QuotaName.of(name);
        }
    }

    /** The JSON shape of quotas to change. */
    record Alterations(
            @Nullable List<Alteration> alterations,
            @Nullable Boolean validateOnly) {
        AlterQuotasRequest toRequest() {
            if (alterations == null) {
                throw JsonBodies.missing("alterations");
            }
            return new AlterQuotasRequest(
                    alterations.stream().map(Alteration::toAlteration).toList(), Boolean.TRUE.equals(validateOnly));
        }
    }

    /** Those of one entity. */
    record Alteration(
            @Nullable Entity entity,
            @Nullable Map<String, @Nullable Double> set,
            @Nullable List<String> reset) {
        AlterQuotasRequest.Alteration toAlteration() {
            if (entity == null) {
                throw JsonBodies.missing("entity");
            }
            SortedMap<QuotaKind, Double> limits = new TreeMap<>();
            if (set != null) {
                set.forEach((name, limit) -> {
                    if (limit == null) {
                        throw JsonBodies.missing(name);
                    }
                    limits.put(kind(name), limit);
                });
            }
            SortedSet<QuotaKind> ended = new TreeSet<>();
            if (reset != null) {
                reset.forEach(name -> ended.add(kind(name)));
            }
            return new AlterQuotasRequest.Alteration(entity.toEntity(), limits, ended);
        }
    }

    /** The JSON shape of what was made of the quotas. */
    record Changes(String kind, List<Change> data) {}

    /** The JSON shape of what was made of one entity's; without an error they are as was asked. */
    record Change(Entity entity, PartitionChangeResource.@Nullable Reason error) {}
}
