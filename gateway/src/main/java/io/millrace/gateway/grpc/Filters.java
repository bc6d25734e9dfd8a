package io.millrace.gateway.grpc;

import com.google.protobuf.ByteString;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.gateway.read.RecordFilter;

/** Reads out of requests which records a reader wants to see. */
final class Filters {
    private Filters() {}

    static Outcome<RecordFilter> of(io.millrace.v1.RecordFilter filter) {
        if (filter.hasCel()) {
            return Outcome.refused(new Refusal.Unsupported(
                    "This server cannot evaluate CEL expressions yet; filter by key, value text or headers."));
        }
        return Outcome.done(new RecordFilter(
                IncomingRecords.view(filter.hasKeyEquals(), filter.getKeyEquals()),
                IncomingRecords.view(filter.hasKeyPrefix(), filter.getKeyPrefix()),
                IncomingRecords.view(filter.hasValueContains(), ByteString.copyFromUtf8(filter.getValueContains())),
                IncomingRecords.headers(filter.getHeadersEqualList())));
    }

    static Outcome<IsolationLevel> isolation(io.millrace.v1.IsolationLevel level) {
        return switch (level) {
            case ISOLATION_LEVEL_UNSPECIFIED, ISOLATION_LEVEL_READ_UNCOMMITTED ->
                Outcome.done(IsolationLevel.READ_UNCOMMITTED);
            case ISOLATION_LEVEL_READ_COMMITTED -> Outcome.done(IsolationLevel.READ_COMMITTED);
            case UNRECOGNIZED ->
                Outcome.refused(
                        new Refusal.InvalidRequest("The isolation level asked for is none that this server knows."));
        };
    }
}
