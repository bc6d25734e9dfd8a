package io.millrace.gateway.rest.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of the REST door.
 *
 * @param basePath put before every path, for example {@code /kafka}; empty or starting with a slash
 * @param maxRecord the largest record taken, key and headers included; topics may allow less
 * @param maxBody the largest JSON body that is read as a whole
 * @param maxBodies memory that all bodies together may take while they come
 * @param maxWait the longest a read may wait for records
 * @param keepAlive the longest silence in a stream of records
 * @param bodyIdle how long the next bytes of a request body may take
 * @param produceTimeout how long an acknowledgement may take
 */
@ConfigurationProperties("millrace.gateway.rest")
public record RestProperties(
        @DefaultValue("") String basePath,
        @DefaultValue("8MB") DataSize maxRecord,
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("64MB") DataSize maxBodies,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("15s") Duration keepAlive,
        @DefaultValue("5m") Duration bodyIdle,
        @DefaultValue("30s") Duration produceTimeout) {
    private static final long SIZE_MAX = 512L << 20;

    public RestProperties {
        require(basePath.isEmpty() || (basePath.startsWith("/") && !basePath.endsWith("/")), "base-path");
        require(maxRecord.toBytes() > 0 && maxRecord.toBytes() <= SIZE_MAX, "max-record");
        require(maxBody.toBytes() > 0 && maxBody.toBytes() <= SIZE_MAX, "max-body");
        require(maxBodies.compareTo(maxBody) >= 0, "max-bodies");
        require(!maxWait.isNegative(), "max-wait");
        require(keepAlive.isPositive(), "keep-alive");
        require(bodyIdle.isPositive(), "body-idle");
        require(produceTimeout.isPositive(), "produce-timeout");
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.gateway.rest." + name + " is out of its range");
        }
    }
}
