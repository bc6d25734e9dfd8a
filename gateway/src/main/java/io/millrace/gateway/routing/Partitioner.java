package io.millrace.gateway.routing;

import io.millrace.core.environment.Randomness;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of a record that names none. A key always leads to the same partition. Records without a key stay
 * on one partition for a number of bytes and then go on to the next (after KIP-794), counted per topic over all clients
 * together: that fills batches, spreads evenly, and keeps nothing about a client. Safe for any thread.
 */
public final class Partitioner {
    /** Topics whose count is kept beyond those in the picture before the others are forgotten. */
    private static final int FORGOTTEN_TOPICS_MAX = 64;

    private final ConcurrentHashMap<TopicId, AtomicLong> bytesSent = new ConcurrentHashMap<>();
    private final int stickyBytes;
    /** Where this process begins, so that many gateways do not all begin at partition 0. */
    private final int firstPartition;

    /**
     * Begins at a random partition.
     *
     * @param stickyBytes bytes of records without a key that go to one partition before the next has its turn
     */
    public Partitioner(int stickyBytes, Randomness randomness) {
        this.stickyBytes = stickyBytes;
        this.firstPartition = randomness.nextInt(Integer.MAX_VALUE);
    }

    /** The partition of a record of so many bytes. */
    public int choose(ClusterImage image, TopicImage topic, @Nullable ByteBuffer key, long recordBytes) {
        int count = topic.partitions().size();
        return key != null ? KeyHash.partition(key, count) : sticky(image, topic, count, recordBytes);
    }

    private int sticky(ClusterImage image, TopicImage topic, int count, long recordBytes) {
        long turn = counterOf(image, topic).getAndAdd(recordBytes) / stickyBytes;
        int chosen = (int) ((firstPartition + turn) % count);
        for (int i = 0; i < count; i++) {
            int candidate = (chosen + i) % count;
            if (topic.partitions().get(candidate).leader() != PartitionImage.NO_LEADER) {
                return candidate;
            }
        }
        return chosen;
    }

    private AtomicLong counterOf(ClusterImage image, TopicImage topic) {
        AtomicLong counter = bytesSent.get(topic.topicId());
        if (counter != null) {
            return counter;
        }
        if (bytesSent.size() > image.topics().size() + FORGOTTEN_TOPICS_MAX) {
            bytesSent.keySet().removeIf(id -> image.topic(id).isEmpty());
        }
        return bytesSent.computeIfAbsent(topic.topicId(), id -> new AtomicLong());
    }
}
