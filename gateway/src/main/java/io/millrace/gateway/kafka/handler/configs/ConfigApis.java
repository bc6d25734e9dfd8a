package io.millrace.gateway.kafka.handler.configs;

import io.millrace.gateway.kafka.configs.BrokerConfigs;
import io.millrace.gateway.kafka.handler.FrameApi;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.List;

/** The APIs about configs, with what they stand on. */
public record ConfigApis(MetadataView view, TopicChanges topics, BrokerConfigs brokerConfigs) {
    /** A handler of each. */
    public List<FrameApi> handlers() {
        ConfigChanges changes = new ConfigChanges(view, topics);
        return List.of(
                new DescribeConfigsHandler(view, brokerConfigs),
                new AlterConfigsHandler(changes),
                new IncrementalAlterConfigsHandler(changes),
                new ListConfigResourcesHandler(view));
    }
}
