package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.ClusterImage;
import java.util.function.Supplier;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * ApiVersions (KIP-35, KIP-511): what is served, which is the table of handlers. A client newer than this gateway is told in
 * version 0, which it understands. No features are finalized: they would steer clients to protocols that are not served yet.
 */
public final class ApiVersionsHandler implements ApiHandler<ApiVersionsRequestData> {
    private static final short ALWAYS_UNDERSTOOD = 0;

    private final ApiTable table;
    private final Self self;

    ApiVersionsHandler(ApiTable table, Self self) {
        this.table = table;
        this.self = self;
    }

    /**
     * Who a client may believe to talk to.
     *
     * @param image the picture of now
     */
    public record Self(Supplier<ClusterImage> image) {}

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.API_VERSIONS, 0, 5);
    }

    @Override
    public void handle(ApiVersionsRequestData request, Call call) {
        ClientSoftware.of(call.client()).introduced(request.clientSoftwareName());
        if (isMeantForOthers(request)) {
            call.reply(response(Errors.REBOOTSTRAP_REQUIRED));
        } else {
            MeantBroker.of(call.client()).is(request.nodeId());
            call.reply(response(Errors.NONE));
        }
    }

    /** Replies to a version that is not known here. */
    void replyToUnknownVersion(Call call) {
        call.reply(response(Errors.UNSUPPORTED_VERSION), ALWAYS_UNDERSTOOD);
    }

    /**
     * Behind this address are all brokers of the cluster, also one that has gone or is fenced: whoever was told of it before may
     * still ask for it. Another cluster's client has the wrong address (KIP-1242).
     */
    private boolean isMeantForOthers(ApiVersionsRequestData request) {
        return request.clusterId() != null
                && !request.clusterId().equals(self.image().get().clusterId());
    }

    private ApiVersionsResponseData response(Errors error) {
        ApiVersionsResponseData response = new ApiVersionsResponseData().setErrorCode(error.code());
        for (Versions served : table.served()) {
            response.apiKeys()
                    .add(new ApiVersion()
                            .setApiKey(served.api().id)
                            .setMinVersion(served.advertisedFrom())
                            .setMaxVersion(served.to()));
        }
        return response;
    }
}
