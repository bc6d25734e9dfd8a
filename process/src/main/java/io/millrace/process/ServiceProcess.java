package io.millrace.process;

import java.security.Security;
import java.util.Properties;
import org.springframework.boot.SpringApplication;

/**
 * Runs one service as a process of its own. Its settings come, the strongest first, from arguments
 * ({@code --millrace.broker.id=1}), environment variables ({@code MILLRACE_BROKER_ID=1}), a file {@code SERVICE.properties}
 * or {@code SERVICE.yaml} in the working directory or its {@code config} directory, the file of that name in the service's
 * jar, and what holds for every process.
 */
public final class ServiceProcess {
    private static final int FAILED = 1;

    /** How long the address of a host is remembered. */
    private static final String ADDRESSES_SECONDS = "1";

    private ServiceProcess() {}

    /**
     * Starts the service; it runs until the process is asked to stop. When it cannot start, the process ends with code 1
     * and says why on standard error.
     *
     * @param service its name, for example {@code millrace-broker}
     * @param application the configuration of everything in it
     */
    public static void run(String service, Class<?> application, String[] arguments) {
        forgetAddressesSoon();
        Properties defaults = ProcessSettings.defaults();
        defaults.setProperty("spring.config.name", service);
        defaults.setProperty("spring.application.name", service);
        SpringApplication process = new SpringApplication(application);
        process.setDefaultProperties(defaults);
        try {
            process.run(arguments);
        } catch (RuntimeException e) {
            System.err.println(service + ": cannot start: " + rootOf(e).getMessage());
            System.exit(FAILED);
        }
    }

    /**
     * Another process that starts again may have a new address under its old name. The JVM and gRPC both remember addresses
     * for 30 seconds, and that a name has none for 10; leases and fail-over are faster than that. A process that was started
     * with another setting keeps it.
     */
    static void forgetAddressesSoon() {
        String setting = "networkaddress.cache.ttl";
        if (System.getProperty(setting) == null) {
            System.setProperty(setting, ADDRESSES_SECONDS); // read by gRPC
        }
        Security.setProperty(setting, System.getProperty(setting));
        Security.setProperty("networkaddress.cache.negative.ttl", ADDRESSES_SECONDS);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
