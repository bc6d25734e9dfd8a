package io.millrace.core.metadata;

import io.millrace.core.model.TimestampType;
import java.util.Map;

/**
 * The configs of a topic as its broker uses them, every default filled in. Configs that have one legal value so far
 * ({@code cleanup.policy}, {@code compression.type}) steer nothing and are not here, nor is what steers the controller only
 * ({@code unclean.leader.election.enable}).
 *
 * @param segmentBytes size at which a segment is rolled
 * @param segmentMillis age at which a segment is rolled
 * @param indexIntervalBytes log bytes between two index entries
 * @param segmentIndexBytes largest size of an index
 * @param maxMessageBytes largest batch, all its bytes counted
 * @param minInsyncReplicas in-sync replicas without which acks=all is refused
 * @param retentionMillis age at which records go, or {@link #UNLIMITED}
 * @param retentionBytes size of the partition above which the oldest segments go, or {@link #UNLIMITED}
 * @param fileDeleteDelayMillis time between taking a segment out of the log and deleting its files
 */
public record TopicOptions(
        int segmentBytes,
        long segmentMillis,
        int indexIntervalBytes,
        int segmentIndexBytes,
        int maxMessageBytes,
        TimestampType timestampType,
        Durability durability,
        int minInsyncReplicas,
        long retentionMillis,
        long retentionBytes,
        long fileDeleteDelayMillis) {
    /** A retention without a limit. */
    public static final long UNLIMITED = -1;

    /** Reads overrides that {@link TopicConfigs} has found legal; throws IllegalArgumentException on others. */
    public static TopicOptions of(Map<String, String> overrides) {
        return new TopicOptions(
                intOf(overrides, TopicConfigs.SEGMENT_BYTES),
                longOf(overrides, TopicConfigs.SEGMENT_MS),
                intOf(overrides, TopicConfigs.INDEX_INTERVAL_BYTES),
                intOf(overrides, TopicConfigs.SEGMENT_INDEX_BYTES),
                intOf(overrides, TopicConfigs.MAX_MESSAGE_BYTES),
                timestampTypeOf(overrides),
                durabilityOf(overrides),
                intOf(overrides, TopicConfigs.MIN_INSYNC_REPLICAS),
                longOf(overrides, TopicConfigs.RETENTION_MS),
                longOf(overrides, TopicConfigs.RETENTION_BYTES),
                longOf(overrides, TopicConfigs.FILE_DELETE_DELAY_MS));
    }

    private static TimestampType timestampTypeOf(Map<String, String> overrides) {
        return switch (TopicConfigs.effective(overrides, TopicConfigs.MESSAGE_TIMESTAMP_TYPE)) {
            case "CreateTime" -> TimestampType.CREATE_TIME;
            case "LogAppendTime" -> TimestampType.LOG_APPEND_TIME;
            default -> throw new IllegalArgumentException(TopicConfigs.MESSAGE_TIMESTAMP_TYPE + " in " + overrides);
        };
    }

    private static Durability durabilityOf(Map<String, String> overrides) {
        return switch (TopicConfigs.effective(overrides, TopicConfigs.DURABILITY)) {
            case "fsync" -> Durability.FSYNC;
            case "page-cache" -> Durability.PAGE_CACHE;
            default -> throw new IllegalArgumentException(TopicConfigs.DURABILITY + " in " + overrides);
        };
    }

    private static int intOf(Map<String, String> overrides, String name) {
        return Integer.parseInt(TopicConfigs.effective(overrides, name));
    }

    private static long longOf(Map<String, String> overrides, String name) {
        return Long.parseLong(TopicConfigs.effective(overrides, name));
    }
}
