package io.millrace.standalone;

import java.io.PrintStream;
import java.time.Duration;

/** The one screen that a person sees: where everything is, and what to try next. */
final class WelcomeScreen {
    private WelcomeScreen() {}

    static void print(Standalone millrace, long startNanos, PrintStream out) {
        String server = millrace.host() + ":" + millrace.grpcPort();
        String option = millrace.grpcPort() == 50051 ? "" : " --server " + server;
        out.printf(
                """

                Millrace is up after %.1f s. Ctrl-C stops it; all it has is in %s

                  REST      http://%s:%d        (API documentation: /docs)
                  gRPC      %s        (reflection is on)
                  Kafka     %s:%d        (bootstrap server of any Kafka client)
                  Metrics   http://%s:%d/metrics
                  Log       %s

                Try, in another terminal:

                  ./millrace topic create hello -p 3%s
                  echo 'k1 hello, world' | ./millrace produce hello -f '%%k %%v\\n'%s
                  ./millrace consume hello -o start:end%s

                """,
                Duration.ofNanos(startNanos).toMillis() / 1_000.0,
                millrace.dataDirectory(),
                millrace.host(),
                millrace.restPort(),
                server,
                millrace.host(),
                millrace.kafkaPort(),
                millrace.host(),
                millrace.managementPort(),
                millrace.processLog(),
                option,
                option,
                option);
        out.flush();
    }
}
