package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.routing.MetadataView;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** ListConfigResources (KIP-1142): what has configs, which is topics and brokers. Version 0 knew of client metrics only. */
final class ListConfigResourcesHandler implements ApiHandler<ListConfigResourcesRequestData> {
    private static final short HAS_TYPES = 1;

    private final MetadataView view;

    ListConfigResourcesHandler(MetadataView view) {
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.LIST_CONFIG_RESOURCES, 0, 1);
    }

    @Override
    public void handle(ListConfigResourcesRequestData request, Call call) {
        ListConfigResourcesResponseData response = new ListConfigResourcesResponseData();
        if (call.version() >= HAS_TYPES) {
            list(request.resourceTypes(), response);
        }
        call.reply(response);
    }

    private void list(List<Byte> types, ListConfigResourcesResponseData response) {
        boolean unknown =
                types.stream().anyMatch(type -> ConfigResource.Type.forId(type) == ConfigResource.Type.UNKNOWN);
        if (unknown) {
            response.setErrorCode(Errors.UNSUPPORTED_VERSION.code());
            return;
        }
        ClusterImage image = view.image();
        add(ConfigResource.Type.TOPIC, image.topics().keySet(), types, response);
        add(ConfigResource.Type.BROKER, image.brokers().keySet(), types, response);
    }

    private static void add(
            ConfigResource.Type type,
            Collection<?> names,
            List<Byte> wanted,
            ListConfigResourcesResponseData response) {
        if (wanted.isEmpty() || wanted.contains(type.id())) {
            names.forEach(name -> response.configResources()
                    .add(new ListConfigResourcesResponseData.ConfigResource()
                            .setResourceName(name.toString())
                            .setResourceType(type.id())));
        }
    }
}
