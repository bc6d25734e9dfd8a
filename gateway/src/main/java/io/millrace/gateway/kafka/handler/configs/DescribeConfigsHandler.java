package io.millrace.gateway.kafka.handler.configs;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicName;
import io.millrace.gateway.kafka.configs.BrokerConfigs;
import io.millrace.gateway.kafka.configs.ConfigEntry;
import io.millrace.gateway.kafka.configs.TopicConfigCatalogue;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.Each;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** DescribeConfigs (KIP-133, KIP-226, KIP-569): the configs of topics and of brokers, with where each value comes from. */
final class DescribeConfigsHandler implements ApiHandler<DescribeConfigsRequestData> {
    private final MetadataView view;
    private final BrokerConfigs brokerConfigs;

    DescribeConfigsHandler(MetadataView view, BrokerConfigs brokerConfigs) {
        this.view = view;
        this.brokerConfigs = brokerConfigs;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_CONFIGS, 1, 4);
    }

    @Override
    public void handle(DescribeConfigsRequestData request, Call call) {
        Each.of(
                request.resources(),
                resource -> describe(resource, request, call),
                call,
                results -> call.reply(new DescribeConfigsResponseData().setResults(results)));
    }

    private CompletableFuture<DescribeConfigsResult> describe(
            DescribeConfigsResource resource, DescribeConfigsRequestData request, Call call) {
        DescribeConfigsResult result = new DescribeConfigsResult()
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName());
        return entries(resource, call, result).thenApply(entries -> {
            entries.stream()
                    .filter(entry -> isWanted(entry, resource))
                    .forEach(entry -> result.configs().add(told(entry, request)));
            return result;
        });
    }

    /** The configs of a resource; none of one that is not there, about which the result is told. */
    private CompletableFuture<List<ConfigEntry>> entries(
            DescribeConfigsResource resource, Call call, DescribeConfigsResult result) {
        String name = resource.resourceName();
        if (ConfigResources.isTopic(resource.resourceType())) {
            Optional<TopicImage> topic = view.image().topic(name);
            if (topic.isPresent()) {
                return CompletableFuture.completedFuture(
                        TopicConfigCatalogue.entries(topic.get().topic().configs()));
            }
            boolean illegal = TopicName.problemOf(name).isPresent();
            return refused(
                    result,
                    illegal ? Errors.INVALID_TOPIC_EXCEPTION : Errors.UNKNOWN_TOPIC_OR_PARTITION,
                    "There is no topic '" + name + "'.");
        }
        if (!ConfigResources.isBroker(resource.resourceType())) {
            return refused(result, Errors.INVALID_REQUEST, ConfigResources.noConfigsOf(resource.resourceType()));
        }
        if (ConfigResources.isEveryBroker(name)) {
            return CompletableFuture.completedFuture(List.of()); // brokers have nothing in common that was set for all
        }
        Optional<BrokerImage> broker =
                ConfigResources.brokerIdOf(name).map(view.image().brokers()::get);
        return broker.map(known -> brokerConfigs.of(known, call.client().listener()))
                .orElseGet(() -> refused(result, Errors.INVALID_REQUEST, "There is no broker '" + name + "'."));
    }

    private static CompletableFuture<List<ConfigEntry>> refused(
            DescribeConfigsResult result, Errors error, String message) {
        result.setErrorCode(error.code()).setErrorMessage(message);
        return CompletableFuture.completedFuture(List.of());
    }

    private static boolean isWanted(ConfigEntry entry, DescribeConfigsResource resource) {
        return resource.configurationKeys() == null
                || resource.configurationKeys().contains(entry.name());
    }

    private static DescribeConfigsResourceResult told(ConfigEntry entry, DescribeConfigsRequestData request) {
        DescribeConfigsResourceResult told = new DescribeConfigsResourceResult()
                .setName(entry.name())
                .setValue(entry.value())
                .setReadOnly(entry.readOnly())
                .setConfigSource(entry.source().code())
                .setIsSensitive(false)
                .setConfigType(entry.type().code())
                .setDocumentation(request.includeDocumentation() ? entry.documentation() : null);
        if (request.includeSynonyms()) {
            entry.synonyms()
                    .forEach(synonym -> told.synonyms()
                            .add(new DescribeConfigsSynonym()
                                    .setName(synonym.name())
                                    .setValue(synonym.value())
                                    .setSource(synonym.source().code())));
        }
        return told;
    }
}
