package io.millrace.cli.partition;

import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Connection;
import io.millrace.cli.session.ExitCode;
import io.millrace.v1.ListPartitionsRequest;
import io.millrace.v1.ListPartitionsResponse;
import io.millrace.v1.PartitionCondition;
import io.millrace.v1.TopicPartition;
import io.millrace.v1.TopicPartitionDetail;
import java.util.ArrayList;
import java.util.List;

/** Asks which partitions there are, page by page. */
final class Survey {
    private Survey() {}

    /** Those of that topic, or of all when it is empty, that meet the condition. */
    static List<TopicPartitionDetail> of(
            Connection connection, String topic, PartitionCondition condition, boolean withStatus) {
        List<TopicPartitionDetail> found = new ArrayList<>();
        String page = "";
        do {
            ListPartitionsResponse response = connection
                    .partitions()
                    .listPartitions(ListPartitionsRequest.newBuilder()
                            .setTopic(topic)
                            .setCondition(condition)
                            .setWithStatus(withStatus)
                            .setPageToken(page)
                            .build());
            found.addAll(response.getPartitionsList());
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return found;
    }

    /** Every partition of that topic, or of all when it is empty. */
    static List<TopicPartitionDetail> of(Connection connection, String topic) {
        return of(connection, topic, PartitionCondition.PARTITION_CONDITION_UNSPECIFIED, false);
    }

    /** Those that are meant by the names; one that means nothing is a failure. */
    static List<TopicPartitionDetail> named(Connection connection, List<Name> names) {
        List<TopicPartitionDetail> found = new ArrayList<>();
        for (Name name : names) {
            List<TopicPartitionDetail> meant = of(connection, name.topic()).stream()
                    .filter(detail -> name.includes(detail.getPartition().getPartition()))
                    .toList();
            if (meant.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "Topic " + name.topic() + " has no partition "
                                + name.partition().orElse(0) + ". See which there are with: millrace topic describe "
                                + name.topic());
            }
            found.addAll(meant);
        }
        return found.stream().distinct().toList();
    }

    static TopicPartition nameOf(TopicPartitionDetail detail) {
        return Name.message(detail.getTopic(), detail.getPartition().getPartition());
    }
}
