package io.millrace.gateway.grpc;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.v1.AlterQuotasResponse;
import io.millrace.v1.Quota;
import io.millrace.v1.QuotaAlteration;
import io.millrace.v1.QuotaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shows quotas, and reads what requests of QuotaService ask for. */
final class QuotaMessages {
    private QuotaMessages() {}

    static Quota of(QuotaRecord quota) {
        Quota.Builder message = Quota.newBuilder().setEntity(of(quota.entity()));
        quota.limits().forEach((kind, limit) -> message.putLimits(kind.configName(), limit));
        return message.build();
    }

    static Outcome<AlterQuotasRequest> request(io.millrace.v1.AlterQuotasRequest request) {
        List<Alteration> alterations = new ArrayList<>();
        for (QuotaAlteration message : request.getAlterationsList()) {
            switch (alteration(message)) {
                case Outcome.Done<Alteration>(Alteration alteration) -> alterations.add(alteration);
                case Outcome.Refused<Alteration>(Refusal refusal) -> {
                    return Outcome.refused(refusal);
                }
            }
        }
        return Outcome.done(new AlterQuotasRequest(alterations, request.getValidateOnly()));
    }

    static AlterQuotasResponse changes(List<Alteration> asked, List<Outcome<QuotaEntity>> outcomes) {
        AlterQuotasResponse.Builder response = AlterQuotasResponse.newBuilder();
        for (int i = 0; i < outcomes.size(); i++) {
            response.addChanges(
                    switch (outcomes.get(i)) {
                        case Outcome.Done<QuotaEntity>(QuotaEntity altered) ->
                            QuotaChange.newBuilder().setEntity(of(altered));
                        case Outcome.Refused<QuotaEntity>(Refusal refusal) ->
                            QuotaChange.newBuilder()
                                    .setEntity(of(asked.get(i).entity()))
                                    .setError(ItemErrors.of(refusal));
                    });
        }
        return response.build();
    }

    private static Outcome<Alteration> alteration(QuotaAlteration message) {
        SortedMap<QuotaKind, Double> set = new TreeMap<>();
        for (Map.Entry<String, Double> limit : message.getSetMap().entrySet()) {
            Optional<QuotaKind> kind = QuotaKind.named(limit.getKey());
            if (kind.isEmpty()) {
                return invalid(QuotaKind.noneNamed(limit.getKey()));
            }
            set.put(kind.get(), limit.getValue());
        }
        SortedSet<QuotaKind> reset = new TreeSet<>();
        for (String name : message.getResetList()) {
            Optional<QuotaKind> kind = QuotaKind.named(name);
            if (kind.isEmpty()) {
                return invalid(QuotaKind.noneNamed(name));
            }
            reset.add(kind.get());
        }
        return entity(message.getEntity()).map(entity -> new Alteration(entity, set, reset));
    }

    private static io.millrace.v1.QuotaEntity of(QuotaEntity entity) {
        var message = io.millrace.v1.QuotaEntity.newBuilder();
        entity.user().ifPresent(name -> message.setUser(of(name)));
        entity.clientId().ifPresent(name -> message.setClientId(of(name)));
        entity.ip().ifPresent(name -> message.setIp(of(name)));
        return message.build();
    }

    private static io.millrace.v1.QuotaName of(QuotaName name) {
        var message = io.millrace.v1.QuotaName.newBuilder();
        switch (name) {
            case QuotaName.Named(String text) -> message.setNamed(text);
            case QuotaName.Default() -> message.getAnyOtherBuilder();
        }
        return message.build();
    }

    private static Outcome<QuotaEntity> entity(io.millrace.v1.QuotaEntity message) {
        return Outcomes.all(
                        name(message.hasUser(), message.getUser()),
                        name(message.hasClientId(), message.getClientId()),
                        name(message.hasIp(), message.getIp()),
                        Names::new)
                .flatMap(Names::entity);
    }

    private static Outcome<Optional<QuotaName>> name(boolean isThere, io.millrace.v1.QuotaName message) {
        if (!isThere) {
            return Outcome.done(Optional.empty());
        }
        return switch (message.getNameCase()) {
            case NAMED -> Outcome.done(Optional.of(QuotaName.of(message.getNamed())));
            case ANY_OTHER -> Outcome.done(Optional.of(QuotaName.Default.NAME));
            case NAME_NOT_SET -> invalid("Each part of an entity has a name or is any_other.");
        };
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }

    /** The parts of an entity, which need not fit together. */
    private record Names(Optional<QuotaName> user, Optional<QuotaName> clientId, Optional<QuotaName> ip) {
        Outcome<QuotaEntity> entity() {
            Optional<String> problem = QuotaEntity.problemOf(user, clientId, ip);
            return problem.isPresent() ? invalid(problem.get()) : Outcome.done(new QuotaEntity(user, clientId, ip));
        }
    }
}
