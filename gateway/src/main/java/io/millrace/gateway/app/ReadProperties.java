package io.millrace.gateway.app;

import io.millrace.gateway.read.ReaderOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway reads records.
 *
 * @param maxPageRecords records of one answer; who asks for more gets so many
 * @param maxPage bytes of one answer; who asks for more gets so many
 * @param maxWait longest wait for records that a request may ask for
 * @param maxPartitions partitions that one request may read
 * @param maxFetch bytes that one question to the brokers brings at most
 * @param maxScan bytes after which an answer tells its progress, even if no record has passed its filter
 * @param maxDecompressed bytes of one batch after decompression, of which all reads together have four times as many; 0 for a
 *     sixteenth of the heap, and 16 MB to 128 MB
 * @param maxInFlight bytes of batches that all reads of this process together have in memory
 * @param inFlightWait how long a read waits for room under that limit before it is refused
 * @param retryFor how long a partition whose leader is missing or moving is tried again
 * @param retryBackoff time between two such tries
 * @param rack where this gateway is: reads then go to replicas in sync that are there too, where there are any (KIP-392);
 *     empty lets the leaders serve all reads
 */
@ConfigurationProperties("millrace.gateway.read")
public record ReadProperties(
        @DefaultValue("10000") int maxPageRecords,
        @DefaultValue("8MB") DataSize maxPage,
        @DefaultValue("5m") Duration maxWait,
        @DefaultValue("5000") int maxPartitions,
        @DefaultValue("4MB") DataSize maxFetch,
        @DefaultValue("64MB") DataSize maxScan,
        @DefaultValue("0MB") DataSize maxDecompressed,
        @DefaultValue("256MB") DataSize maxInFlight,
        @DefaultValue("5s") Duration inFlightWait,
        @DefaultValue("3s") Duration retryFor,
        @DefaultValue("20ms") Duration retryBackoff,
        @DefaultValue("") String rack) {
    private static final String PREFIX = "millrace.gateway.read.";
    private static final DataSize SIZE_MAX = DataSize.ofMegabytes(1024);
    private static final int DECOMPRESSED_SHARE_OF_HEAP = 16;
    private static final int DECOMPRESSED_MIN = 16 << 20;
    private static final int DECOMPRESSED_MAX = 128 << 20;

    public ReadProperties {
        Ranges.require(maxPageRecords >= 1, PREFIX + "max-page-records", "1 or more");
        Ranges.require(Ranges.within(maxPage, SIZE_MAX), PREFIX + "max-page", "1 byte to 1 GB");
        Ranges.require(!maxWait.isNegative(), PREFIX + "max-wait", "0 or more");
        Ranges.require(maxPartitions >= 1, PREFIX + "max-partitions", "1 or more");
        Ranges.require(
                Ranges.within(maxFetch, SIZE_MAX) && maxFetch.compareTo(DataSize.ofKilobytes(64)) >= 0,
                PREFIX + "max-fetch",
                "64 KB to 1 GB");
        Ranges.require(maxScan.toBytes() > 0, PREFIX + "max-scan", "1 byte or more");
        Ranges.require(
                !maxDecompressed.isNegative() && maxDecompressed.compareTo(SIZE_MAX) <= 0,
                PREFIX + "max-decompressed",
                "0 to 1 GB");
        Ranges.require(maxInFlight.toBytes() > 0, PREFIX + "max-in-flight", "1 byte or more");
        Ranges.require(!inFlightWait.isNegative(), PREFIX + "in-flight-wait", "0 or more");
        Ranges.require(!retryFor.isNegative(), PREFIX + "retry-for", "0 or more");
        Ranges.require(retryBackoff.isPositive(), PREFIX + "retry-backoff", "more than 0");
    }

    /** The same for the domain. */
    ReaderOptions options() {
        return new ReaderOptions(
                maxPageRecords,
                maxPage.toBytes(),
                maxWait,
                maxPartitions,
                Math.toIntExact(maxFetch.toBytes()),
                maxScan.toBytes(),
                decompressedBytesMax(),
                inFlightWait);
    }

    private int decompressedBytesMax() {
        return maxDecompressed.toBytes() > 0
                ? Math.toIntExact(maxDecompressed.toBytes())
                : Math.clamp(
                        Runtime.getRuntime().maxMemory() / DECOMPRESSED_SHARE_OF_HEAP,
                        DECOMPRESSED_MIN,
                        DECOMPRESSED_MAX);
    }
}
