package io.millrace.gateway.app;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.produce.ProduceObserver;
import io.millrace.gateway.produce.ProducerEnvironment;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.read.ReadObserver;
import io.millrace.gateway.read.ReaderEnvironment;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.Partitioner;
import io.millrace.gateway.routing.TopicChanges;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every front door stands on. The brokers, the controller and the doors to the outside are the process's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewayProperties.class, ProduceProperties.class, ReadProperties.class})
public class GatewayConfiguration {
    @Bean
    GatewayLoops gatewayLoops(ProduceProperties properties) {
        return new GatewayLoops(properties.loops());
    }

    @Bean
    MetadataView metadataView(ControllerApi controller) {
        return new MetadataView(controller);
    }

    @Bean
    TopicChanges topicChanges(
            ControllerApi controller, MetadataView view, GatewayLoops loops, GatewayProperties properties) {
        return new TopicChanges(controller, view, loops.timers(), properties.pictureWait());
    }

    @Bean
    Partitioner partitioner(ProduceProperties properties, Randomness randomness) {
        return new Partitioner(Math.toIntExact(properties.sticky().toBytes()), randomness);
    }

    @Bean
    RecordProducer recordProducer(
            BrokerApi brokers,
            MetadataView view,
            Clock clock,
            ProduceProperties properties,
            Partitioner partitioner,
            GatewayLoops loops) {
        return new RecordProducer(
                new ProducerEnvironment(brokers, view, clock, properties.options(), ProduceObserver.NONE),
                partitioner,
                loops.all());
    }

    @Bean
    RecordReader recordReader(
            BrokerApi brokers, MetadataView view, Clock clock, ReadProperties properties, GatewayLoops loops) {
        return new RecordReader(new ReaderEnvironment(
                brokers,
                view,
                clock,
                new BrokerRetry(loops.timers(), clock, properties.retryFor(), properties.retryBackoff()),
                loops.blocking(),
                properties.options(),
                ReadObserver.NONE));
    }

    @Bean
    ClusterHealth clusterHealth(BrokerApi brokers, ControllerApi controller, MetadataView view) {
        return new ClusterHealth(brokers, controller, view);
    }
}
