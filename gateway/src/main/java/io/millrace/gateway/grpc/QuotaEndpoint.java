package io.millrace.gateway.grpc;

import io.grpc.stub.StreamObserver;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.v1.AlterQuotasRequest;
import io.millrace.v1.AlterQuotasResponse;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListQuotasResponse;
import io.millrace.v1.QuotaServiceGrpc;

/** Serves QuotaService. Safe for any thread; blocks none. */
public final class QuotaEndpoint extends QuotaServiceGrpc.QuotaServiceImplBase {
    private final MetadataView view;
    private final QuotaChanges changes;

    public QuotaEndpoint(MetadataView view, QuotaChanges changes) {
        this.view = view;
        this.changes = changes;
    }

    @Override
    public void listQuotas(ListQuotasRequest request, StreamObserver<ListQuotasResponse> observer) {
        UnaryCall.answerNow(observer, () -> QuotaPage.of(request, view.image().quotas()));
    }

    @Override
    public void alterQuotas(AlterQuotasRequest request, StreamObserver<AlterQuotasResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        QuotaMessages.request(request),
                        wish -> changes.alter(wish)
                                .thenApply(outcome ->
                                        outcome.map(outcomes -> QuotaMessages.changes(wish.alterations(), outcomes)))),
                response -> response);
    }
}
