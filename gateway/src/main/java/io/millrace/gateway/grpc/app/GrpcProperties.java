package io.millrace.gateway.grpc.app;

import io.millrace.gateway.grpc.GrpcLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of the gRPC door. Address and port are Boot's {@code spring.grpc.server.address} and {@code .port}.
 *
 * @param maxMessage the largest request message
 * @param networkThreads threads that read, serve and write connections
 * @param maxConnections connections at the same time; further ones are closed at once
 * @param maxCallsPerConnection calls at the same time on one connection; further ones wait at the client
 * @param flowControlWindow bytes of one call that may be on their way to the server and not yet read by it
 * @param keepAlive silence on a connection after which the server asks whether the client is still there
 * @param streamBatches credit of a ProduceStream in batches
 * @param streamBytes credit of a ProduceStream in bytes
 * @param streamRecords records of a ProduceStream without an acknowledgement sent, above which it is not read on
 * @param produceTimeout how long an acknowledgement may take
 */
@ConfigurationProperties("millrace.gateway.grpc")
public record GrpcProperties(
        @DefaultValue("8MB") DataSize maxMessage,
        @DefaultValue("2") int networkThreads,
        @DefaultValue("1000") int maxConnections,
        @DefaultValue("100") int maxCallsPerConnection,
        @DefaultValue("1MB") DataSize flowControlWindow,
        @DefaultValue("60s") Duration keepAlive,
        @DefaultValue("10000") int streamBatches,
        @DefaultValue("16MB") DataSize streamBytes,
        @DefaultValue("200000") int streamRecords,
        @DefaultValue("30s") Duration produceTimeout) {
    private static final long MESSAGE_MIN = DataSize.ofKilobytes(64).toBytes();
    private static final long MESSAGE_MAX = DataSize.ofMegabytes(512).toBytes();

    /** The smallest window of HTTP/2 (RFC 9113, 6.9.2). */
    private static final long WINDOW_MIN = 65_535;

    public GrpcProperties {
        require(within(maxMessage, MESSAGE_MIN, MESSAGE_MAX), "max-message");
        require(networkThreads > 0, "network-threads");
        require(maxConnections > 0, "max-connections");
        require(maxCallsPerConnection > 0, "max-calls-per-connection");
        require(within(flowControlWindow, WINDOW_MIN, MESSAGE_MAX), "flow-control-window");
        require(keepAlive.isPositive(), "keep-alive");
        require(streamBatches > 0, "stream-batches");
        require(within(streamBytes, 1, MESSAGE_MAX), "stream-bytes");
        require(streamRecords > 0, "stream-records");
        require(produceTimeout.isPositive(), "produce-timeout");
    }

    /** The same for the domain. */
    GrpcLimits limits() {
        return new GrpcLimits(
                Math.toIntExact(maxMessage.toBytes()),
                streamBatches,
                streamBytes.toBytes(),
                streamRecords,
                produceTimeout);
    }

    private static boolean within(DataSize size, long min, long max) {
        return size.toBytes() >= min && size.toBytes() <= max;
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.gateway.grpc." + name + " is out of its range");
        }
    }
}
