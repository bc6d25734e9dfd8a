package io.millrace.gateway.rest.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.read.OpenStreams;
import io.millrace.gateway.rest.read.RecordReadResource;
import io.millrace.gateway.rest.write.RecordWriteResource;
import io.millrace.gateway.rest.write.WriteDoors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Writing and reading records over REST. */
@Configuration(proxyBeanMethods = false)
class RecordConfiguration {
    @Bean
    RecordWriteResource recordWriteResource(
            ClusterPath path, RecordProducer producer, JsonMapper json, RestProperties properties) {
        WriteDoors doors = new WriteDoors(
                producer,
                json,
                Thread.ofVirtual().name("rest-reports-", 0).factory(),
                Math.toIntExact(properties.maxRecord().toBytes()),
                Math.toIntExact(properties.maxBody().toBytes()));
        return new RecordWriteResource(path, doors, properties.produceTimeout());
    }

    @Bean
    OpenStreams openStreams() {
        return new OpenStreams();
    }

    @Bean
    MeterBinder restStreams(OpenStreams streams) {
        return registry -> Gauge.builder("millrace.gateway.streams", streams, OpenStreams::count)
                .description("Endless requests that are open")
                .tag("api", "rest")
                .register(registry);
    }

    @Bean
    StreamsEnd streamsEnd(OpenStreams streams) {
        return new StreamsEnd(streams);
    }

    @Bean
    RecordReadResource recordReadResource(
            ClusterPath path, RecordReader reader, OpenStreams streams, JsonMapper json, RestProperties properties) {
        return new RecordReadResource(path, reader, streams, json, properties.maxWait(), properties.keepAlive());
    }
}
