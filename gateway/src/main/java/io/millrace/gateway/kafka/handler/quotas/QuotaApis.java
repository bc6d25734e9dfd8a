package io.millrace.gateway.kafka.handler.quotas;

import io.millrace.gateway.kafka.handler.FrameApi;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.QuotaChanges;
import java.util.List;

/** The APIs about quotas, with what they stand on. */
public record QuotaApis(MetadataView view, QuotaChanges changes) {
    /** A handler of each. */
    public List<FrameApi> handlers() {
        return List.of(new DescribeClientQuotasHandler(view), new AlterClientQuotasHandler(changes));
    }
}
