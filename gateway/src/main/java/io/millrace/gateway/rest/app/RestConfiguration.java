package io.millrace.gateway.rest.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.environment.Randomness;
import io.millrace.gateway.rest.admin.AdminResources;
import io.millrace.gateway.rest.body.BodyRoom;
import io.millrace.gateway.rest.body.JsonBodies;
import io.millrace.gateway.rest.cluster.ClusterPath;
import io.millrace.gateway.rest.docs.DocsResource;
import io.millrace.gateway.rest.health.HealthResource;
import io.millrace.gateway.rest.problem.ErrorCatalogue;
import io.millrace.gateway.rest.problem.ProblemAdvice;
import io.millrace.gateway.rest.problem.ProblemErrorController;
import io.millrace.gateway.rest.problem.ProblemWriter;
import io.millrace.gateway.rest.problem.RequestIdFilter;
import io.millrace.gateway.routing.MetadataView;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The REST door: errors, ids, JSON and the servlet container. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestProperties.class)
@Import({
    ProblemAdvice.class,
    ProblemErrorController.class,
    ErrorCatalogue.class,
    HealthResource.class,
    AdminResources.class,
    RecordConfiguration.class,
    DocsResource.class
})
public class RestConfiguration {
    /** Strict, because a misspelt member that is silently ignored is a mistake that nobody sees. */
    @Bean
    JsonMapperBuilderCustomizer restJson() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ClusterPath clusterPath(MetadataView view) {
        return new ClusterPath(view);
    }

    @Bean
    JsonBodies jsonBodies(JsonMapper json, RestProperties properties) {
        return new JsonBodies(json, Math.toIntExact(properties.maxBody().toBytes()));
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIds(Randomness randomness) {
        FilterRegistrationBean<RequestIdFilter> registration =
                new FilterRegistrationBean<>(new RequestIdFilter(randomness));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestTimer> requestTimes(ObjectProvider<MeterRegistry> registry) {
        FilterRegistrationBean<RequestTimer> registration =
                new FilterRegistrationBean<>(new RequestTimer(registry.getIfAvailable(SimpleMeterRegistry::new)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyRoom> bodyRoom(RestProperties properties) {
        return new FilterRegistrationBean<>(new BodyRoom(properties.maxBodies().toBytes()));
    }

    @Bean
    NoMultipart multipartResolver() {
        return new NoMultipart();
    }

    @Bean
    RestServer restServer(RestProperties properties, ProblemWriter problems) {
        return new RestServer(properties, problems);
    }

    @Bean
    WebMvcConfigurer restPaths(RestProperties properties) {
        return new WebMvcConfigurer() {
            @Override
            public void configurePathMatch(PathMatchConfigurer configurer) {
                if (!properties.basePath().isEmpty()) {
                    configurer.addPathPrefix(
                            properties.basePath(), HandlerTypePredicate.forBasePackage("io.millrace.gateway.rest"));
                }
            }
        };
    }
}
