package io.millrace.gateway.kafka.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.kafka.configs.BrokerConfigs;
import io.millrace.gateway.kafka.handler.AddressQuotas;
import io.millrace.gateway.kafka.handler.ApiTable;
import io.millrace.gateway.kafka.handler.Dispatch;
import io.millrace.gateway.kafka.handler.FrameApi;
import io.millrace.gateway.kafka.handler.KafkaApis;
import io.millrace.gateway.kafka.handler.admin.AdminApis;
import io.millrace.gateway.kafka.handler.configs.ConfigApis;
import io.millrace.gateway.kafka.handler.quotas.QuotaApis;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.quota.QuotaMeters;
import io.millrace.gateway.quota.ThrottledClients;
import io.millrace.gateway.remote.LocalBroker;
import io.millrace.gateway.remote.RoutedBrokers;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.ProducerIds;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.gateway.routing.TopicChanges;
import java.util.ArrayList;
import java.util.List;
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

    @Bean
    ThrottledClients throttledClients(KafkaProperties properties, MetadataView view, Clock clock) {
        KafkaProperties.Quotas quotas = properties.quotas();
        QuotaMeters meters = new QuotaMeters(quotas.rates(), quotas.mutations(), clock.nanoTime());
        return new ThrottledClients(view::image, meters);
    }

    /** Makes the table of what is served to clients that are told of those addresses. */
    interface Apis {
        ApiTable at(AdvertisedAddresses addresses);
    }

    @Bean
    Apis kafkaApis(
            KafkaProperties properties,
            BrokerApi brokers,
            ControllerApi controller,
            MetadataView view,
            TopicChanges topics,
            ReplicaChanges replicas,
            QuotaChanges quotas,
            ProducerIds producerIds,
            ObjectProvider<LocalBroker> local) {
        return addresses -> {
            BrokerConfigs brokerConfigs = new BrokerConfigs(properties.settings(), brokers, addresses);
            List<FrameApi> operators = new ArrayList<>();
            operators.addAll(new AdminApis(brokers, controller, view, topics, replicas).handlers());
            operators.addAll(new ConfigApis(view, topics, brokerConfigs).handlers());
            operators.addAll(new QuotaApis(view, quotas).handlers());
            return new KafkaApis(
                            brokers,
                            view,
                            topics,
                            producerIds,
                            addresses,
                            properties.autoCreateTopics(),
                            LocalBroker.idOf(local.getIfAvailable()),
                            operators)
                    .table();
        };
    }

    @Bean
    KafkaDoor kafkaDoor(
            KafkaProperties properties,
            BrokerApi brokers,
            Apis apis,
            ThrottledClients throttled,
            Clock clock,
            KafkaMetrics metrics) {
        boolean recordsInMemory = brokers instanceof RoutedBrokers; // those of brokers in this process lie in files
        return new KafkaDoor(
                properties,
                properties.options(recordsInMemory),
                addresses -> new Dispatch(apis.at(addresses), throttled, clock, metrics),
                new AddressQuotas(throttled, clock),
                metrics);
    }

    @Bean
    MeterBinder kafkaConnections(KafkaDoor door) {
        return registry -> KafkaMetrics.gauges(registry, door);
    }
}
