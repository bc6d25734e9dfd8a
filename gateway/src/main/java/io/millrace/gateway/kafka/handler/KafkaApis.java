package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.BrokerApi;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.ProducerIds;
import io.millrace.gateway.routing.TopicChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Every API that is served, with what they stand on.
 *
 * @param createsTopics whether topics are created when clients name them
 * @param ownBroker the broker in this process that its clients get straight to, if there is one
 * @param operators the APIs that operators use
 */
public record KafkaApis(
        BrokerApi brokers,
        MetadataView view,
        TopicChanges topics,
        ProducerIds producerIds,
        AdvertisedAddresses addresses,
        boolean createsTopics,
        OptionalInt ownBroker,
        List<FrameApi> operators) {
    /** The table of their handlers. */
    public ApiTable table() {
        List<FrameApi> handlers = new ArrayList<>(List.of(
                new ProduceHandler(brokers, view),
                new FetchHandler(brokers, view, new PreferredReplicas(view, addresses, ownBroker)),
                new ListOffsetsHandler(brokers),
                new MetadataHandler(view, addresses, topics, createsTopics),
                new FindCoordinatorHandler(view, addresses),
                new CreateTopicsHandler(topics),
                new DeleteTopicsHandler(view, topics),
                new InitProducerIdHandler(producerIds),
                new DescribeClusterHandler(view, addresses)));
        handlers.addAll(operators);
        return new ApiTable(handlers, new ApiVersionsHandler.Self(view::image));
    }
}
