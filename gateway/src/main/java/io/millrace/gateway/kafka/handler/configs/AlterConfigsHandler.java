package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.Each;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;

/** AlterConfigs, the old way: what a request does not name goes back to its default. */
final class AlterConfigsHandler implements ApiHandler<AlterConfigsRequestData> {
    private final ConfigChanges changes;

    AlterConfigsHandler(ConfigChanges changes) {
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.ALTER_CONFIGS, 0, 2);
    }

    @Override
    public void handle(AlterConfigsRequestData request, Call call) {
        List<AlterConfigsResource> resources = new ArrayList<>(request.resources());
        Each.of(
                resources,
                resource -> change(resource, request),
                call,
                results -> call.reply(new AlterConfigsResponseData().setResponses(results)));
    }

    private CompletableFuture<AlterConfigsResourceResponse> change(
            AlterConfigsResource resource, AlterConfigsRequestData request) {
        byte type = resource.resourceType();
        String name = resource.resourceName();
        boolean twice = request.resources().findAll(type, name).size() > 1;
        CompletableFuture<Changed> changed = twice
                ? Changed.namedTwice()
                : changes.change(
                        type,
                        name,
                        request.validateOnly(),
                        (topic, draft) -> replace(topic, resource, draft),
                        resource.configs().stream().map(AlterableConfig::name).toList());
        return changed.thenApply(outcome -> new AlterConfigsResourceResponse()
                .setResourceType(type)
                .setResourceName(name)
                .setErrorCode(outcome.error().code())
                .setErrorMessage(outcome.message()));
    }

    private static void replace(TopicImage topic, AlterConfigsResource resource, TopicConfigDraft draft) {
        resource.configs().forEach(config -> draft.add(config.name(), OpType.SET, config.value()));
        topic.topic().configs().keySet().stream()
                .filter(name -> resource.configs().findAll(name).isEmpty())
                .forEach(name -> draft.add(name, OpType.DELETE, null));
    }
}
