package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.Quotas;
import io.millrace.gateway.routing.QuotaKey;
import io.millrace.v1.ListQuotasRequest;
import io.millrace.v1.ListQuotasResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** One page of a list of quotas. A page token is the last entity of the page before, so pages hold while quotas come and go. */
final class QuotaPage {
    private static final int SIZE_DEFAULT = 500;
    private static final int SIZE_MAX = 1_000;

    private QuotaPage() {}

    static Outcome<ListQuotasResponse> of(ListQuotasRequest request, Quotas quotas) {
        if (request.getPageSize() < 0 || request.getPageSize() > SIZE_MAX) {
            return invalid("page_size is " + request.getPageSize() + "; it must be 0 to " + SIZE_MAX + ".");
        }
        int size = request.getPageSize() == 0 ? SIZE_DEFAULT : request.getPageSize();
        return Outcomes.then(after(request.getPageToken()), after -> Outcome.done(page(quotas, after, size)));
    }

    private static ListQuotasResponse page(Quotas quotas, Optional<QuotaKey> after, int size) {
        ListQuotasResponse.Builder response = ListQuotasResponse.newBuilder();
        Optional<QuotaKey> last = after;
        for (QuotaRecord quota : quotas.all()) {
            QuotaKey key = new QuotaKey(quota.entity());
            if (after.isPresent() && key.compareTo(after.get()) <= 0) {
                continue;
            }
            if (response.getQuotasCount() == size) {
                return response.setNextPageToken(last.map(QuotaPage::token).orElseThrow())
                        .build();
            }
            response.addQuotas(QuotaMessages.of(quota));
            last = Optional.of(key);
        }
        return response.build();
    }

    private static String token(QuotaKey key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome<Optional<QuotaKey>> after(String token) {
        if (token.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        try {
            byte[] text = Base64.getUrlDecoder().decode(token);
            return Outcome.done(Optional.of(QuotaKey.parse(new String(text, StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException wrong) {
            return invalid("The page_token is none that a server has given out.");
        }
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
