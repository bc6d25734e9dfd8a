package io.millrace.broker.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.environment.Clock;

/** How the broker stands with the controller: what the gauges and the health indicator tell. Safe for all threads. */
final class MembershipMeters {
    /** Kafka's numbers for the states of a broker; those between 3 and 6 do not exist. */
    private static final int STARTING = 1;

    private static final int RECOVERY = 2;
    private static final int RUNNING = 3;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long UNREGISTERED = -1;

    private final Clock clock;
    private volatile long brokerEpoch = UNREGISTERED;
    private volatile boolean granted;
    private volatile long deadlineNanos;
    private volatile long carriedOut;

    MembershipMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        Gauge.builder("millrace.broker.epoch", () -> brokerEpoch)
                .description("Epoch of this process's registration, -1 before it")
                .register(registry);
        Gauge.builder("millrace.broker.serving", () -> isServing() ? 1 : 0)
                .description("1 while writes are taken: registered, not fenced, the lease still runs")
                .register(registry);
        Gauge.builder("millrace.broker.lease.remaining", () -> leaseNanos() / NANOS_PER_SECOND)
                .description("Time until writes stop being taken unless the controller answers, 0 without a lease")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("millrace.broker.picture.version", () -> carriedOut)
                .description("Version of the picture up to which everything is carried out here")
                .register(registry);
        Gauge.builder("kafka.server.kafkaserver.brokerstate", this::brokerState)
                .description("1 starting, 2 registered but not yet or no longer taking writes, 3 running")
                .register(registry);
    }

    void registered(long epoch) {
        brokerEpoch = epoch;
    }

    void serving(boolean mayWrite) {
        granted = mayWrite;
    }

    void leased(long until) {
        deadlineNanos = until;
    }

    void carriedOut(long version) {
        carriedOut = version;
    }

    boolean isRegistered() {
        return brokerEpoch != UNREGISTERED;
    }

    /** Says whether writes are taken now. */
    boolean isServing() {
        return leaseNanos() > 0;
    }

    private long leaseNanos() {
        return granted ? Math.max(0, deadlineNanos - clock.nanoTime()) : 0;
    }

    private int brokerState() {
        if (!isRegistered()) {
            return STARTING;
        }
        return isServing() ? RUNNING : RECOVERY;
    }
}
