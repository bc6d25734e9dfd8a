package io.millrace.gateway.app;

import io.millrace.gateway.produce.ProducerOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway appends records.
 *
 * @param loops threads that build and append batches; partitions are spread over them
 * @param linger how long the first record of a batch waits for others while nothing of its partition is under way
 * @param maxBatch bytes of a batch before compression; its topic's max.message.bytes may allow less
 * @param sticky bytes of records without a key that go to one partition before the next has its turn
 * @param maxInFlight bytes of records taken in and not yet answered, in this process
 * @param inFlightWait how long a request waits for room under that limit before it is refused
 * @param maxTimeout longest wait for an acknowledgement that a request may ask for
 * @param retryFor how long a partition whose leader is missing or moving is tried again
 * @param retryBackoff time between two such tries
 */
@ConfigurationProperties("millrace.gateway.produce")
public record ProduceProperties(
        @DefaultValue("2") int loops,
        @DefaultValue("0ms") Duration linger,
        @DefaultValue("512KB") DataSize maxBatch,
        @DefaultValue("16KB") DataSize sticky,
        @DefaultValue("128MB") DataSize maxInFlight,
        @DefaultValue("5s") Duration inFlightWait,
        @DefaultValue("5m") Duration maxTimeout,
        @DefaultValue("5s") Duration retryFor,
        @DefaultValue("20ms") Duration retryBackoff) {
    private static final String PREFIX = "millrace.gateway.produce.";
    private static final int LOOPS_MAX = 256;
    private static final DataSize BATCH_MAX = DataSize.ofMegabytes(100);

    public ProduceProperties {
        Ranges.require(loops >= 1 && loops <= LOOPS_MAX, PREFIX + "loops", "1 to " + LOOPS_MAX);
        Ranges.require(!linger.isNegative(), PREFIX + "linger", "0 or more");
        Ranges.require(Ranges.within(maxBatch, BATCH_MAX), PREFIX + "max-batch", "1 byte to 100 MB");
        Ranges.require(Ranges.within(sticky, BATCH_MAX), PREFIX + "sticky", "1 byte to 100 MB");
        Ranges.require(maxInFlight.toBytes() > 0, PREFIX + "max-in-flight", "1 byte or more");
        Ranges.require(!inFlightWait.isNegative(), PREFIX + "in-flight-wait", "0 or more");
        Ranges.require(maxTimeout.isPositive(), PREFIX + "max-timeout", "more than 0");
        Ranges.require(!retryFor.isNegative(), PREFIX + "retry-for", "0 or more");
        Ranges.require(retryBackoff.isPositive(), PREFIX + "retry-backoff", "more than 0");
    }

    /** The same for the domain. */
    ProducerOptions options() {
        return new ProducerOptions(
                linger,
                Math.toIntExact(maxBatch.toBytes()),
                maxInFlight.toBytes(),
                inFlightWait,
                maxTimeout,
                retryFor,
                retryBackoff);
    }
}
