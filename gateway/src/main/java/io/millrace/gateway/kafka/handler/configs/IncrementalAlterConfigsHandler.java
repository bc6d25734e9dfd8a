package io.millrace.gateway.kafka.handler.configs;

import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.Each;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/** IncrementalAlterConfigs (KIP-339): changes what is named and leaves the rest alone. */
final class IncrementalAlterConfigsHandler implements ApiHandler<IncrementalAlterConfigsRequestData> {
    private final ConfigChanges changes;

    IncrementalAlterConfigsHandler(ConfigChanges changes) {
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.INCREMENTAL_ALTER_CONFIGS, 0, 1);
    }

    @Override
    public void handle(IncrementalAlterConfigsRequestData request, Call call) {
        List<AlterConfigsResource> resources = new ArrayList<>(request.resources());
        Each.of(
                resources,
                resource -> change(resource, request),
                call,
                results -> call.reply(new IncrementalAlterConfigsResponseData().setResponses(results)));
    }

    private CompletableFuture<AlterConfigsResourceResponse> change(
            AlterConfigsResource resource, IncrementalAlterConfigsRequestData request) {
        byte type = resource.resourceType();
        String name = resource.resourceName();
        boolean twice = request.resources().findAll(type, name).size() > 1;
        CompletableFuture<Changed> changed = twice
                ? Changed.namedTwice()
                : changes.change(
                        type, name, request.validateOnly(), (topic, draft) -> add(resource, draft), set(resource));
        return changed.thenApply(outcome -> new AlterConfigsResourceResponse()
                .setResourceType(type)
                .setResourceName(name)
                .setErrorCode(outcome.error().code())
                .setErrorMessage(outcome.message()));
    }

    private static void add(AlterConfigsResource resource, TopicConfigDraft draft) {
        resource.configs().forEach(config -> draft.add(config.name(), operationOf(config), config.value()));
    }

    private static List<String> set(AlterConfigsResource resource) {
        return resource.configs().stream()
                .filter(config -> operationOf(config) != OpType.DELETE)
                .map(AlterableConfig::name)
                .toList();
    }

    private static @Nullable OpType operationOf(AlterableConfig config) {
        return OpType.forId(config.configOperation());
    }
}
