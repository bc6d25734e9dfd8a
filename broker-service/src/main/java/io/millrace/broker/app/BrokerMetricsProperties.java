package io.millrace.broker.app;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a broker's metrics may cost.
 *
 * @param topicsMax topics that get series of their own; those beyond it share {@value TopicMeters#OTHER}
 */
@ConfigurationProperties("millrace.broker.metrics")
public record BrokerMetricsProperties(@DefaultValue("1000") int topicsMax) {
    private static final int TOPICS_MAX_MAX = 100_000;

    public BrokerMetricsProperties {
        if (topicsMax < 0 || topicsMax > TOPICS_MAX_MAX) {
            throw new IllegalArgumentException(
                    "millrace.broker.metrics.topics-max is out of its range, 0 to " + TOPICS_MAX_MAX);
        }
    }
}
