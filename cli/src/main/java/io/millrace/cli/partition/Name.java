package io.millrace.cli.partition;

import io.millrace.cli.session.CommandFailure;
import io.millrace.v1.TopicPartition;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person means by `orders` or `orders:3`: all partitions of a topic, or one. */
record Name(String topic, OptionalInt partition) {
    private static final Pattern SHAPE = Pattern.compile("([^:]+)(?::(\\d{1,9}))?");

    static Name parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw CommandFailure.usage("\"" + text + "\" is no partition; write TOPIC or TOPIC:NUMBER, like orders:3.");
        }
        String number = shape.group(2);
        return new Name(
                shape.group(1), number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)));
    }

    boolean includes(int number) {
        return partition.isEmpty() || partition.getAsInt() == number;
    }

    static TopicPartition message(String topic, int partition) {
        return TopicPartition.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .build();
    }

    static String of(TopicPartition partition) {
        return partition.getTopic() + ":" + partition.getPartition();
    }
}
