package io.millrace.history;

/** One partition of a topic; the id counts partitions in the order in which they were named to the recorder. */
public record Partition(int id, String topic, int number) {
    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
