package io.millrace.gateway.kafka.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.kafka.handler.Dispatch;
import io.millrace.gateway.kafka.handler.KafkaApis;
import io.millrace.gateway.remote.RoutedBrokers;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.ProducerIds;
import io.millrace.gateway.routing.TopicChanges;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kafka door: its handlers and its server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
public class KafkaConfiguration {
    @Bean
    ProducerIds producerIds(ControllerApi controller) {
        return new ProducerIds(controller);
    }

    @Bean
    KafkaMetrics kafkaMetrics(ObjectProvider<MeterRegistry> registry, Clock clock) {
        return new KafkaMetrics(registry.getIfAvailable(SimpleMeterRegistry::new), clock);
    }

    /**
     * Requests to brokers of this process are read when they are answered. What goes over a network may still be on its way when
     * its answer is given up.
     */
    @Bean
    KafkaDoor kafkaDoor(
            KafkaProperties properties,
            BrokerApi brokers,
            MetadataView view,
            TopicChanges topics,
            ProducerIds producerIds,
            Clock clock,
            KafkaMetrics metrics) {
        boolean inThisProcess = !(brokers instanceof RoutedBrokers);
        return new KafkaDoor(
                properties,
                properties.options(inThisProcess),
                addresses -> new Dispatch(
                        new KafkaApis(brokers, view, topics, producerIds, addresses, properties.autoCreateTopics())
                                .table(),
                        clock,
                        metrics),
                metrics);
    }

    @Bean
    MeterBinder kafkaConnections(KafkaDoor door) {
        return registry -> KafkaMetrics.gauges(registry, door);
    }
}
