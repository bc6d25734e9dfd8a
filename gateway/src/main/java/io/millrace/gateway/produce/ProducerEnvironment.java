package io.millrace.gateway.produce;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.routing.MetadataView;

/** What a producer works with. */
public record ProducerEnvironment(
        BrokerApi brokers, MetadataView view, Clock clock, ProducerOptions options, ProduceObserver observer) {}
