package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.core.api.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long requests of one kind take and why parts of them are refused: our histogram, and Kafka's quantiles. */
final class RequestMeters {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double[] QUANTILES = {0.5, 0.95, 0.99, 0.999};

    private final MeterRegistry registry;
    private final String operation;
    private final Timer done;
    private final Timer refused;
    private final DistributionSummary kafkaTimes;
    private final Map<Class<? extends Refusal>, Counter> reasons = new ConcurrentHashMap<>();

    /**
     * Meters of one kind of request.
     *
     * @param operation ours, for example append
     * @param kafkaRequest Kafka's name for it, for example Produce
     */
    RequestMeters(MeterRegistry registry, String operation, String kafkaRequest) {
        this.registry = registry;
        this.operation = operation;
        done = timer("done");
        refused = timer("refused");
        kafkaTimes = DistributionSummary.builder("kafka.network.requestmetrics.totaltimems")
                .description("Milliseconds from a request to its answer, a fetch's wait for records included")
                .tag("request", kafkaRequest)
                .publishPercentiles(QUANTILES)
                .percentilePrecision(2)
                .register(registry);
        FunctionCounter.builder("kafka.network.requestmetrics.requests", kafkaTimes, times -> (double) times.count())
                .description("Requests answered")
                .tag("request", kafkaRequest)
                .register(registry);
    }

    /** A request was answered; anyRefused says whether a part of it was refused. */
    void answered(Duration took, boolean anyRefused) {
        (anyRefused ? refused : done).record(took);
        kafkaTimes.record(took.toNanos() / NANOS_PER_MILLI);
    }

    /** A part was refused for this reason. */
    void refused(Refusal why) {
        reasons.computeIfAbsent(why.getClass(), this::counter).increment();
    }

    private Counter counter(Class<? extends Refusal> reason) {
        return Counter.builder("millrace.broker.refused")
                .description("Parts of requests that were refused, by reason")
                .tag("operation", operation)
                .tag("reason", kebab(reason.getSimpleName()))
                .register(registry);
    }

    /** NotLeader is written not-leader. */
    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private Timer timer(String outcome) {
        return Timer.builder("millrace.broker." + operation)
                .description("Time from a request to its answer, a fetch's wait for records included")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }
}
