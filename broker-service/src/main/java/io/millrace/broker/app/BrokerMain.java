package io.millrace.broker.app;

import io.millrace.process.BackgroundStart;
import io.millrace.process.PartStart;
import io.millrace.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A broker in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({BrokerConfiguration.class, BrokerRpcConfiguration.class})
public class BrokerMain {
    private static final String SERVICE = "millrace-broker";

    /** Runs until the process is asked to stop. */
    public static void main(String[] arguments) {
        ServiceProcess.run(SERVICE, BrokerMain.class, arguments);
    }

    @Bean
    PartStart partStart() {
        return new BackgroundStart(SERVICE);
    }
}
