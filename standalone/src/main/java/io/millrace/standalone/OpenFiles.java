package io.millrace.standalone;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * How many partitions this process may hold. A log that cannot open its files takes its whole directory out of service,
 * so creation is refused long before the operating system refuses to open another file.
 */
final class OpenFiles {
    /** An open partition that is read has five, and four more for each further segment; half of the limit is left for those. */
    private static final int FILES_PER_PARTITION = 10;

    /** Heap, rather than files, ends it here: some kilobytes for each partition's indexes and meters. */
    private static final long PARTITIONS_MAX = 5_000;

    private OpenFiles() {}

    /** The controller's limits, for whoever does not set them otherwise. */
    static PropertySource<?> limits() {
        long partitions = partitionsFor(limit());
        return new MapPropertySource(
                "limit of open files",
                Map.of(
                        "millrace.controller.topics.partitions-max", partitions,
                        "millrace.controller.topics.partitions-per-topic-max", partitions));
    }

    static long partitionsFor(long openFilesMax) {
        return Math.clamp(openFilesMax / FILES_PER_PARTITION, 1, PARTITIONS_MAX);
    }

    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
