package io.millrace.broker.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counters by topic, under the names that dashboards for Kafka query. Their number is bounded, and those of a deleted topic
 * go with it. Safe for all threads.
 */
final class TopicMeters {
    /** Stands for the topics beyond the limit and for those that do not exist; no topic can be called so. */
    static final String OTHER = "(other)";

    private final MeterRegistry registry;
    private final int topicsMax;
    private final Map<String, Series> series = new ConcurrentHashMap<>();
    private final Series other;

    TopicMeters(MeterRegistry registry, int topicsMax) {
        this.registry = registry;
        this.topicsMax = topicsMax;
        this.other = new Series(registry, OTHER);
    }

    /** What is counted for a topic that exists. */
    Series of(String topic) {
        Series present = series.get(topic);
        return present != null ? present : begin(topic);
    }

    /** What is counted for topics that do not exist: their names come from clients, who could make endless series. */
    Series other() {
        return other;
    }

    /** The topic is no more. */
    synchronized void remove(String topic) {
        Series gone = series.remove(topic);
        if (gone != null) {
            gone.counters.forEach(registry::remove);
        }
    }

    private synchronized Series begin(String topic) {
        Series present = series.get(topic);
        if (present != null) {
            return present;
        }
        if (series.size() >= topicsMax) {
            return other;
        }
        Series begun = new Series(registry, topic);
        series.put(topic, begun);
        return begun;
    }

    /** The counters of one topic. A part of a request is counted as Kafka counts a request. */
    static final class Series {
        private final List<Counter> counters = new ArrayList<>();
        final Counter records;
        final Counter bytesIn;
        final Counter bytesOut;
        final Counter bytesRejected;
        final Counter appends;
        final Counter appendsFailed;
        final Counter fetches;
        final Counter fetchesFailed;

        private Series(MeterRegistry registry, String topic) {
            records = counter(registry, topic, "messagesin", "Records appended");
            bytesIn = counter(registry, topic, "bytesin", "Bytes of batches appended");
            bytesOut = counter(registry, topic, "bytesout", "Bytes of batches on their way to readers");
            bytesRejected = counter(registry, topic, "bytesrejected", "Bytes of batches refused");
            appends = counter(registry, topic, "totalproducerequests", "Batches that were asked to be appended");
            appendsFailed = counter(registry, topic, "failedproducerequests", "Batches refused");
            fetches = counter(registry, topic, "totalfetchrequests", "Reads of a partition");
            fetchesFailed = counter(registry, topic, "failedfetchrequests", "Reads of a partition refused");
        }

        private Counter counter(MeterRegistry registry, String topic, String name, String description) {
            Counter counter = Counter.builder("kafka.server.brokertopicmetrics." + name)
                    .description(description)
                    .tag("topic", topic)
                    .register(registry);
            counters.add(counter);
            return counter;
        }
    }
}
