package io.millrace.standalone;

import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.health.HealthReport;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits until this process can serve: a controller decides, the broker may lead, the disk holds. Topics in trouble do not
 * keep it from starting, for then nobody could mend them.
 */
final class Readiness {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Readiness() {}

    static void await(Standalone millrace) throws StartFailure, InterruptedException {
        ClusterHealth health = millrace.context().getBean(ClusterHealth.class);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        HealthReport report = health.check().join();
        while (!report.serving()) {
            if (System.nanoTime() > deadline) {
                throw new StartFailure("Millrace listens but cannot serve after " + LIMIT.toSeconds() + " s: "
                        + String.join(" ", report.reasons()) + " The log is " + millrace.processLog() + ".");
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            report = health.check().join();
        }
    }
}
