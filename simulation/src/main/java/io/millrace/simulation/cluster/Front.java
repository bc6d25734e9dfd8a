package io.millrace.simulation.cluster;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.ProducerIds;

/**
 * What a gateway has behind its protocols. Clients ask for it over the network; whatever they hand in and take out must be
 * copies.
 */
public record Front(
        BrokerApi brokers,
        BrokerRetry retry,
        ControllerApi controller,
        MetadataView view,
        RecordProducer producer,
        ProducerIds producerIds) {}
