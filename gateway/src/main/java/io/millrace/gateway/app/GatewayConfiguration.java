package io.millrace.gateway.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.produce.ProducerEnvironment;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.read.ReaderEnvironment;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.LeaderOpening;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.Partitioner;
import io.millrace.gateway.routing.PictureWait;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.gateway.routing.TopicChanges;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every front door stands on. The brokers, the controller and the doors to the outside are the process's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewayProperties.class, ProduceProperties.class, ReadProperties.class})
public class GatewayConfiguration {
    /** A leader opens a new log in a few milliseconds, when it has the picture. */
    private static final Duration OPENING_BACKOFF = Duration.ofMillis(10);

    @Bean
    GatewayLoops gatewayLoops(ProduceProperties properties) {
        return new GatewayLoops(properties.loops());
    }

    /** Counts also where no registry listens: the observers are the same. */
    @Bean
    GatewayMetrics gatewayMetrics(ObjectProvider<MeterRegistry> registry) {
        return new GatewayMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    MeterBinder gatewayInFlight(RecordProducer producer, RecordReader reader) {
        return registry -> {
            Gauge.builder("millrace.gateway.produce.in.flight", producer, RecordProducer::inFlightBytes)
                    .description("Records taken in and not yet answered")
                    .baseUnit("bytes")
                    .register(registry);
            Gauge.builder("millrace.gateway.read.in.flight", reader, RecordReader::inFlightBytes)
                    .description("Batches that are being read")
                    .baseUnit("bytes")
                    .register(registry);
            Gauge.builder("millrace.gateway.read.decompressed", reader, RecordReader::decompressedBytes)
                    .description("Room taken for what batches decompress to")
                    .baseUnit("bytes")
                    .register(registry);
        };
    }

    @Bean
    MeterBinder gatewayPicture(MetadataView view) {
        return registry -> {
            Gauge.builder("millrace.gateway.picture.known", () -> view.isKnown() ? 1 : 0)
                    .description("1 once a picture of the cluster has arrived")
                    .register(registry);
            Gauge.builder("millrace.gateway.picture.version", () -> view.image().version())
                    .description("Version of the picture by which requests are routed")
                    .register(registry);
        };
    }

    @Bean
    MetadataView metadataView(ControllerApi controller) {
        return new MetadataView(controller);
    }

    @Bean
    PictureWait pictureWait(MetadataView view, GatewayLoops loops, GatewayProperties properties) {
        return new PictureWait(view, loops.timers(), properties.pictureWait());
    }

    @Bean
    TopicChanges topicChanges(
            ControllerApi controller,
            PictureWait picture,
            BrokerApi brokers,
            MetadataView view,
            Clock clock,
            GatewayLoops loops,
            GatewayProperties properties) {
        BrokerRetry patience = new BrokerRetry(loops.timers(), clock, properties.pictureWait(), OPENING_BACKOFF);
        return new TopicChanges(controller, picture, new LeaderOpening(brokers, view, patience));
    }

    @Bean
    ReplicaChanges replicaChanges(ControllerApi controller, MetadataView view, PictureWait picture) {
        return new ReplicaChanges(controller, view, picture);
    }

    @Bean
    QuotaChanges quotaChanges(ControllerApi controller, PictureWait picture) {
        return new QuotaChanges(controller, picture);
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
            GatewayLoops loops,
            GatewayMetrics metrics) {
        return new RecordProducer(
                new ProducerEnvironment(brokers, view, clock, properties.options(), metrics), partitioner, loops.all());
    }

    @Bean
    RecordReader recordReader(
            BrokerApi brokers,
            MetadataView view,
            Clock clock,
            ReadProperties properties,
            GatewayLoops loops,
            GatewayMetrics metrics) {
        return new RecordReader(
                new ReaderEnvironment(
                        brokers,
                        view,
                        clock,
                        new BrokerRetry(loops.timers(), clock, properties.retryFor(), properties.retryBackoff()),
                        loops.blocking(),
                        properties.options(),
                        metrics),
                new InFlightBytes(loops.timers(), properties.maxInFlight().toBytes()));
    }

    @Bean
    ServingIndicator clusterHealthIndicator(ClusterHealth health) {
        return new ServingIndicator(health);
    }

    @Bean
    ClusterHealth clusterHealth(
            BrokerApi brokers,
            ControllerApi controller,
            MetadataView view,
            GatewayLoops loops,
            GatewayProperties properties) {
        return new ClusterHealth(brokers, controller, view, loops.timers(), properties.healthPatience());
    }
}
