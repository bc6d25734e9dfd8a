package io.millrace.standalone;

import io.millrace.gateway.kafka.app.KafkaDoor;
import io.millrace.process.ProcessSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.web.context.support.StandardServletEnvironment;

/** A running standalone Millrace: the data directory, ZooKeeper on it, and one Spring context with the three services. */
final class Standalone implements AutoCloseable {
    private final String host;
    private final DataDirectory data;
    private final EmbeddedZooKeeper zooKeeper;
    private final ConfigurableApplicationContext context;

    private Standalone(
            String host, DataDirectory data, EmbeddedZooKeeper zooKeeper, ConfigurableApplicationContext context) {
        this.host = host;
        this.data = data;
        this.zooKeeper = zooKeeper;
        this.context = context;
    }

    /** Starts everything and returns when it listens, or says in words why it cannot. */
    static Standalone start(StandaloneOptions options) throws StartFailure {
        Ports.check(options);
        DataDirectory data = DataDirectory.take(options.data);
        try {
            return start(options, data);
        } catch (StartFailure | RuntimeException e) {
            closeQuietly(data, e);
            throw e;
        }
    }

    private static Standalone start(StandaloneOptions options, DataDirectory data) throws StartFailure {
        ZooKeeperFirst zooKeeper = new ZooKeeperFirst(data.zooKeeper(), options.zooKeeperPort);
        try {
            SpringApplication application = new SpringApplication(StandaloneApplication.class);
            application.setWebApplicationType(WebApplicationType.SERVLET);
            application.setRegisterShutdownHook(false);
            application.setDefaultProperties(ProcessSettings.defaults());
            application.setEnvironment(environment(options, data));
            application.addInitializers(zooKeeper);
            ConfigurableApplicationContext context = application.run();
            return new Standalone(options.host, data, zooKeeper.server(), context);
        } catch (RuntimeException e) {
            zooKeeper.close();
            throw new StartFailure(
                    "Cannot start: " + rootOf(e).getMessage() + " The log is " + data.processLog() + ".", e);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static ConfigurableEnvironment environment(StandaloneOptions options, DataDirectory data) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.address", options.host);
        properties.put("server.port", options.restPort);
        properties.put("spring.grpc.server.address", options.host);
        properties.put("spring.grpc.server.port", options.grpcPort);
        properties.put("millrace.gateway.kafka.address", options.host);
        properties.put("millrace.gateway.kafka.port", options.kafkaPort);
        properties.put("management.server.address", options.host);
        properties.put("management.server.port", options.managementPort);
        properties.put("millrace.broker.log-directories", data.broker().toString());
        properties.put("logging.register-shutdown-hook", false);
        properties.put("logging.file.name", data.processLog().toString());
        if (options.logFormat == StandaloneOptions.LogFormat.json) {
            properties.put("logging.structured.format.file", "ecs");
        }
        ConfigurableEnvironment environment = new StandardServletEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("command line", properties));
        environment.getPropertySources().addLast(OpenFiles.limits());
        return environment;
    }

    int restPort() {
        return port("local.server.port");
    }

    int grpcPort() {
        return context.getBean(GrpcServerLifecycle.class).getPort();
    }

    int kafkaPort() {
        return context.getBean(KafkaDoor.class).port();
    }

    int managementPort() {
        return port("local.management.port");
    }

    String zooKeeperAddress() {
        return zooKeeper.connectString();
    }

    String host() {
        return host;
    }

    Path processLog() {
        return data.processLog();
    }

    Path dataDirectory() {
        return data.root();
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    /** Stops taking requests, makes the logs durable and marks them clean, then stops ZooKeeper. */
    @Override
    public void close() throws IOException {
        context.close();
        zooKeeper.close();
        data.close();
    }

    private static void closeQuietly(DataDirectory data, Exception cause) {
        try {
            data.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
