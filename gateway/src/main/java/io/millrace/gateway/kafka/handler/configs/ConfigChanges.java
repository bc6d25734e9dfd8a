package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.configs.BrokerConfigCatalogue;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.Errors;

/** Carries out changes of configs. Those of topics can be changed; those of brokers come from how they were started. */
final class ConfigChanges {
    private final MetadataView view;
    private final TopicChanges topics;

    ConfigChanges(MetadataView view, TopicChanges topics) {
        this.view = view;
        this.topics = topics;
    }

    /**
     * Changes configs of a resource, all of them or none.
     *
     * @param topicChanges puts a topic's changes into a draft
     * @param brokerChanges the names that a broker's would be set for
     */
    CompletableFuture<Changed> change(
            byte type,
            String name,
            boolean validateOnly,
            BiConsumer<TopicImage, TopicConfigDraft> topicChanges,
            List<String> brokerChanges) {
        if (ConfigResources.isTopic(type)) {
            return changeTopic(name, validateOnly, topicChanges);
        }
        return CompletableFuture.completedFuture(
                ConfigResources.isBroker(type)
                        ? changeBroker(name, brokerChanges)
                        : Changed.refused(Errors.INVALID_REQUEST, ConfigResources.noConfigsOf(type)));
    }

    private CompletableFuture<Changed> changeTopic(
            String name, boolean validateOnly, BiConsumer<TopicImage, TopicConfigDraft> changes) {
        Optional<TopicImage> topic = view.image().topic(name);
        if (topic.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Changed.refused(Errors.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + name + "'."));
        }
        TopicConfigDraft draft = new TopicConfigDraft(topic.get().topic().configs());
        changes.accept(topic.get(), draft);
        Changed problem = draft.problem();
        if (problem != null) {
            return CompletableFuture.completedFuture(problem);
        }
        return topics.alterTopicConfigs(draft.request(name, validateOnly)).thenApply(Changed::of);
    }

    private Changed changeBroker(String name, List<String> wanted) {
        boolean known = ConfigResources.isEveryBroker(name)
                || ConfigResources.brokerIdOf(name)
                        .map(view.image().brokers()::containsKey)
                        .orElse(false);
        if (!known) {
            return Changed.refused(Errors.INVALID_REQUEST, "There is no broker '" + name + "'.");
        }
        return wanted.isEmpty()
                ? Changed.DONE
                : Changed.refused(Errors.INVALID_REQUEST, BrokerConfigCatalogue.whyNotChanged(wanted.getFirst()));
    }
}
