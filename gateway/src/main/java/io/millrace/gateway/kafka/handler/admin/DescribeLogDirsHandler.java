package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.MeantBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * DescribeLogDirs (KIP-113). It is asked of one broker and does not say which: here a connection may lead to all of them. Clients
 * since Kafka 4.4 have said so in ApiVersions. To others the directories of all brokers are told, each with its broker in the path.
 */
final class DescribeLogDirsHandler implements ApiHandler<DescribeLogDirsRequestData> {
    private final BrokerApi brokers;

    DescribeLogDirsHandler(BrokerApi brokers) {
        this.brokers = brokers;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_LOG_DIRS, 1, 5);
    }

    @Override
    public void handle(DescribeLogDirsRequestData request, Call call) {
        Predicate<TopicPartition> wanted = wanted(request);
        OptionalInt meant = MeantBroker.of(call.client()).id();
        call.replyWhen(brokers.logDirectories(LogDirectoryDetail.REPLICAS), directories -> {
            boolean ambiguous = meant.isEmpty() && isOfSeveralBrokers(directories);
            List<DescribeLogDirsResult> results = directories.stream()
                    .filter(directory -> meant.isEmpty() || directory.brokerId() == meant.getAsInt())
                    .map(directory -> result(directory, ambiguous, wanted))
                    .toList();
            call.reply(new DescribeLogDirsResponseData().setResults(results));
        });
    }

    /** No list of topics asks for all. */
    private static Predicate<TopicPartition> wanted(DescribeLogDirsRequestData request) {
        if (request.topics() == null) {
            return partition -> true;
        }
        return partition -> {
            DescribableLogDirTopic topic = request.topics().find(partition.topic());
            return topic != null && topic.partitions().contains(partition.partition());
        };
    }

    private static boolean isOfSeveralBrokers(List<LogDirectoryStatus> directories) {
        return directories.stream()
                        .mapToInt(LogDirectoryStatus::brokerId)
                        .distinct()
                        .count()
                > 1;
    }

    private static DescribeLogDirsResult result(
            LogDirectoryStatus directory, boolean withBroker, Predicate<TopicPartition> wanted) {
        DescribeLogDirsResult result = new DescribeLogDirsResult()
                .setLogDir(withBroker ? "broker " + directory.brokerId() + ": " + directory.path() : directory.path());
        if (directory.failure() != null) {
            return result.setErrorCode(Errors.KAFKA_STORAGE_ERROR.code());
        }
        SortedMap<String, DescribeLogDirsTopic> topics = new TreeMap<>();
        for (HeldReplica replica : directory.replicas()) {
            if (wanted.test(replica.partition())) {
                topics.computeIfAbsent(replica.partition().topic(), name -> new DescribeLogDirsTopic().setName(name))
                        .partitions()
                        .add(told(replica));
            }
        }
        return result.setTopics(new ArrayList<>(topics.values())).setUsableBytes(directory.usableBytes());
    }

    private static DescribeLogDirsPartition told(HeldReplica replica) {
        return new DescribeLogDirsPartition()
                .setPartitionIndex(replica.partition().partition())
                .setPartitionSize(replica.sizeBytes())
                .setOffsetLag(replica.lag());
    }
}
