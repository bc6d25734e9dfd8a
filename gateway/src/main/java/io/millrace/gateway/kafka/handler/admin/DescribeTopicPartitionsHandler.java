package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.routing.MetadataView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.protocol.ApiKeys;

/** DescribeTopicPartitions (KIP-966): topics page by page, with the replicas that may lead. */
final class DescribeTopicPartitionsHandler implements ApiHandler<DescribeTopicPartitionsRequestData> {
    /** Largest page in partitions (max.request.partition.size.limit). */
    static final int PARTITIONS_MAX = 2_000;

    private final MetadataView view;

    DescribeTopicPartitionsHandler(MetadataView view) {
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_TOPIC_PARTITIONS, 0, 0);
    }

    @Override
    public void handle(DescribeTopicPartitionsRequestData request, Call call) {
        ClusterImage image = view.image();
        Cursor cursor = request.cursor();
        String firstTopic = cursor == null ? "" : cursor.topicName();
        TopicPartitionsPage page =
                new TopicPartitionsPage(image, Math.clamp(request.responsePartitionLimit(), 1, PARTITIONS_MAX));
        for (String name : new TreeSet<>(wanted(image, request)).tailSet(firstTopic)) {
            int from = cursor != null && name.equals(firstTopic) ? Math.max(0, cursor.partitionIndex()) : 0;
            if (!page.add(name, from)) {
                break;
            }
        }
        call.reply(page.response());
    }

    /** No topic named asks for all. */
    private static Collection<String> wanted(ClusterImage image, DescribeTopicPartitionsRequestData request) {
        return request.topics().isEmpty()
                ? image.topics().keySet()
                : new ArrayList<>(
                        request.topics().stream().map(TopicRequest::name).toList());
    }
}
