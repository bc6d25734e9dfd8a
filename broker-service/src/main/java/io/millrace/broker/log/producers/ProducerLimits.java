package io.millrace.broker.log.producers;

/**
 * How many producers a log remembers, and for how long.
 *
 * @param idleMillisMax time without a batch after which a producer is forgotten (Kafka's producer.id.expiration.ms)
 * @param producersMax how many are known at most; who was idle longest is forgotten first
 */
public record ProducerLimits(long idleMillisMax, int producersMax) {
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    public static final ProducerLimits DEFAULTS = new ProducerLimits(DAY_MILLIS, 10_000);
}
