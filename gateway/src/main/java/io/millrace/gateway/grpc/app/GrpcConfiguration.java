package io.millrace.gateway.grpc.app;

import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.grpc.ClusterEndpoint;
import io.millrace.gateway.grpc.ConsumerEndpoint;
import io.millrace.gateway.grpc.OpenCalls;
import io.millrace.gateway.grpc.PartitionEndpoint;
import io.millrace.gateway.grpc.ProducerEndpoint;
import io.millrace.gateway.grpc.QuotaEndpoint;
import io.millrace.gateway.grpc.TopicEndpoint;
import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.gateway.routing.TopicChanges;
import io.millrace.rpc.transport.NetworkThreads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.health.GrpcServerHealth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** The gRPC door: its services and how its server is set up. The server itself is Boot's. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrpcProperties.class)
@PropertySource("classpath:io/millrace/gateway/grpc/app/grpc-server.properties")
public class GrpcConfiguration {
    /** Behind the customizer for Boot's own properties, so that ours win where both set the same. */
    private static final int AFTER_BOOT = 1_000;

    @Bean
    OpenCalls openCalls() {
        return new OpenCalls();
    }

    @Bean
    CallsEnd callsEnd(OpenCalls calls) {
        return new CallsEnd(calls);
    }

    @Bean
    ReadinessAnnouncement readinessAnnouncement(
            ApplicationAvailability availability,
            ObjectProvider<GrpcServerHealth> health,
            ObjectProvider<HealthStatusManager> statuses) {
        return new ReadinessAnnouncement(availability, health, statuses);
    }

    @Bean
    MeterBinder grpcStreams(OpenCalls calls) {
        return registry -> Gauge.builder("millrace.gateway.streams", calls, OpenCalls::count)
                .description("Endless requests that are open")
                .tag("api", "grpc")
                .register(registry);
    }

    @Bean
    ProducerEndpoint producerEndpoint(RecordProducer producer, GrpcProperties properties, OpenCalls calls) {
        return new ProducerEndpoint(producer, properties.limits(), calls);
    }

    @Bean
    ConsumerEndpoint consumerEndpoint(RecordReader reader, OpenCalls calls) {
        return new ConsumerEndpoint(reader, calls);
    }

    @Bean
    TopicEndpoint topicEndpoint(TopicChanges changes, MetadataView view, BrokerApi brokers, Clock clock) {
        return new TopicEndpoint(changes, view, brokers, clock);
    }

    @Bean
    PartitionEndpoint partitionEndpoint(MetadataView view, BrokerApi brokers, ReplicaChanges changes) {
        return new PartitionEndpoint(view, brokers, changes);
    }

    @Bean
    ClusterEndpoint clusterEndpoint(
            MetadataView view, BrokerApi brokers, ControllerApi controller, ClusterHealth health) {
        return new ClusterEndpoint(view, brokers, controller, health);
    }

    @Bean
    QuotaEndpoint quotaEndpoint(MetadataView view, QuotaChanges changes) {
        return new QuotaEndpoint(view, changes);
    }

    @Bean
    NetworkThreads grpcServerThreads(GrpcProperties properties) {
        return new NetworkThreads("grpc", properties.networkThreads());
    }

    @Bean
    @Order(AFTER_BOOT)
    ServerBuilderCustomizer<NettyServerBuilder> grpcServer(
            GrpcProperties properties,
            @Qualifier("grpcServerThreads") NetworkThreads threads,
            ObjectProvider<MeterRegistry> registry) {
        return new GrpcServer(properties, threads, registry);
    }
}
