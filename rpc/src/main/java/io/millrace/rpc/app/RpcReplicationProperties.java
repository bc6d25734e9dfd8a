package io.millrace.rpc.app;

import io.millrace.rpc.transport.SessionOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How brokers keep the sessions in which they follow each other. Silence means the same for all brokers of a cluster.
 *
 * @param stillHereAfter silence after which a broker says that it is still there
 * @param silenceMax silence of the other broker after which a session counts as broken: longer than the largest message takes
 *     on its way
 * @param helloTimeout what a follower may take to say who it is
 * @param maxSessions sessions that are served at the same time; further ones are refused
 * @param message bytes of records that are sent together; a part that is larger is sent alone
 * @param sendBuffer bytes of one session that are read from the log and not yet sent; at most one message more than that
 */
@ConfigurationProperties("millrace.rpc.replication")
public record RpcReplicationProperties(
        @DefaultValue("1s") Duration stillHereAfter,
        @DefaultValue("3s") Duration silenceMax,
        @DefaultValue("5s") Duration helloTimeout,
        @DefaultValue("1000") int maxSessions,
        @DefaultValue("1MB") DataSize message,
        @DefaultValue("512KB") DataSize sendBuffer) {
    private static final DataSize BUFFER_MAX = DataSize.ofMegabytes(512);

    public RpcReplicationProperties {
        RpcRanges ranges = new RpcRanges("millrace.rpc.replication.");
        ranges.positive(stillHereAfter, "still-here-after");
        ranges.require(
                silenceMax.compareTo(stillHereAfter.multipliedBy(2)) >= 0,
                "silence-max",
                "twice still-here-after or more");
        ranges.positive(helloTimeout, "hello-timeout");
        ranges.positive(maxSessions, "max-sessions");
        ranges.require(isBuffer(message), "message", "1 byte to " + BUFFER_MAX.toMegabytes() + " MB");
        ranges.require(isBuffer(sendBuffer), "send-buffer", "1 byte to " + BUFFER_MAX.toMegabytes() + " MB");
    }

    /** The same without Spring. */
    public SessionOptions options() {
        return new SessionOptions(
                stillHereAfter,
                silenceMax,
                helloTimeout,
                maxSessions,
                Math.toIntExact(message.toBytes()),
                Math.toIntExact(sendBuffer.toBytes()));
    }

    private static boolean isBuffer(DataSize size) {
        return size.toBytes() > 0 && size.compareTo(BUFFER_MAX) <= 0;
    }
}
