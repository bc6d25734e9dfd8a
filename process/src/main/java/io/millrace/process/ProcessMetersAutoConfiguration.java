package io.millrace.process;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;

/** The meters that every process has. Boot finds this by itself. */
@AutoConfiguration
public class ProcessMetersAutoConfiguration {
    @Bean
    RuntimeMeters runtimeMeters() {
        return new RuntimeMeters();
    }

    @Bean
    ServiceMeters serviceMeters(
            @Value("${spring.application.name:millrace}") String service,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<HealthEndpoint> health) {
        return new ServiceMeters(service, build, health);
    }
}
