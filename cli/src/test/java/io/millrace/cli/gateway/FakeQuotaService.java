package io.millrace.cli.gateway;

import io.grpc.stub.StreamObserver;
import io.millrace.v1.AlterQuotasRequest;
import io.millrace.v1.AlterQuotasResponse;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListQuotasResponse;
import io.millrace.v1.Quota;
import io.millrace.v1.QuotaAlteration;
import io.millrace.v1.QuotaChange;
import io.millrace.v1.QuotaEntity;
import io.millrace.v1.QuotaServiceGrpc;
import io.millrace.v1.RecordError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps quotas in the order in which they were first set, refuses negative ones, and lists one a page. */
public final class FakeQuotaService extends QuotaServiceGrpc.QuotaServiceImplBase {
    private final Map<QuotaEntity, Map<String, Double>> limits = new LinkedHashMap<>();

    @Override
    public synchronized void listQuotas(ListQuotasRequest request, StreamObserver<ListQuotasResponse> answer) {
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        List<QuotaEntity> entities = List.copyOf(limits.keySet());
        ListQuotasResponse.Builder response = ListQuotasResponse.newBuilder();
        if (from < entities.size()) {
            QuotaEntity entity = entities.get(from);
            response.addQuotas(
                    Quota.newBuilder().setEntity(entity).putAllLimits(limits.getOrDefault(entity, Map.of())));
        }
        if (from + 1 < entities.size()) {
            response.setNextPageToken(String.valueOf(from + 1));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public synchronized void alterQuotas(AlterQuotasRequest request, StreamObserver<AlterQuotasResponse> answer) {
        AlterQuotasResponse.Builder response = AlterQuotasResponse.newBuilder();
        for (QuotaAlteration alteration : request.getAlterationsList()) {
            QuotaChange.Builder change = response.addChangesBuilder().setEntity(alteration.getEntity());
            if (alteration.getSetMap().values().stream().anyMatch(limit -> limit < 0)) {
                change.setError(RecordError.newBuilder()
                        .setKafkaError("INVALID_REQUEST")
                        .setMessage("It must be greater than 0."));
            } else if (!request.getValidateOnly()) {
                alter(alteration);
            }
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private void alter(QuotaAlteration alteration) {
        Map<String, Double> all = limits.computeIfAbsent(alteration.getEntity(), _ -> new TreeMap<>());
        all.keySet().removeAll(alteration.getResetList());
        all.putAll(alteration.getSetMap());
        if (all.isEmpty()) {
            limits.remove(alteration.getEntity());
        }
    }
}
