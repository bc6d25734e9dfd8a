package io.millrace.core.api.twin;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A broker that leads every partition and keeps its batches in lists: what was appended is committed at once. Its topics
 * come from {@link #createTopic} or from a controller's picture. State is confined to the loop; all methods may be
 * called from any thread and take effect in the order of the calls.
 */
public final class InMemoryBroker implements BrokerApi {
    private final EventLoop loop;
    private final Clock clock;
    private final TwinTopics topics = new TwinTopics();
    private final List<TwinFetch> waiting = new ArrayList<>();
    private @Nullable Refusal appendRefusal;
    private long topicsCreated;

    public InMemoryBroker(EventLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** Creates a topic; knows the configs {@code max.message.bytes} and {@code message.timestamp.type}. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        loop.post(() -> topics.put(new TopicId(new UUID(0, ++topicsCreated)), name, partitions, configs));
    }

    /** Deletes a topic and its records. */
    public void deleteTopic(String name) {
        loop.post(() -> {
            topics.remove(name);
            answerWhoCanBe();
        });
    }

    /** Sets the epoch that requests are compared with and batches are stamped with; it starts at 0. */
    public void setLeaderEpoch(TopicPartition partition, int leaderEpoch) {
        loop.post(() -> topics.setLeaderEpoch(partition, leaderEpoch));
    }

    /** Refuses every append from now on with this, or takes them again when null. */
    public void refuseAppends(@Nullable Refusal refusal) {
        loop.post(() -> appendRefusal = refusal);
    }

    /** Takes its topics from the controller's picture from now on; a topic that leaves the picture is forgotten. */
    public ControllerApi.Subscription follow(ControllerApi controller) {
        return controller.watch(new ControllerApi.MetadataListener() {
            @Override
            public void onSnapshot(ClusterImage image) {
                loop.post(() -> follow(image));
            }

            @Override
            public void onDelta(ClusterDelta delta, ClusterImage after) {
                loop.post(() -> follow(after));
            }
        });
    }

    private void follow(ClusterImage image) {
        for (TopicImage topic : image.topics().values()) {
            topics.put(
                    topic.topicId(),
                    topic.name(),
                    topic.partitions().size(),
                    topic.topic().configs());
            topic.partitions()
                    .forEach(partition -> topics.setLeaderEpoch(
                            new TopicPartition(topic.name(), partition.partition()), partition.leaderEpoch()));
        }
        topics.retain(image.topics().keySet());
        answerWhoCanBe();
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        return onLoop(() -> {
            List<Outcome<Appended>> outcomes = each(request.parts(), AppendRequest.Part::partition, this::append);
            answerWhoCanBe();
            return outcomes;
        });
    }

    private Outcome<Appended> append(TwinPartition log, AppendRequest.Part part) {
        if (appendRefusal != null) {
            return Outcome.refused(appendRefusal);
        }
        return log.withEpoch(part.expectedLeaderEpoch(), () -> log.append(part.batch(), clock.wallMillis()));
    }

    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        CompletableFuture<List<Outcome<Fetched>>> answer = new CompletableFuture<>();
        TwinFetch fetch = new TwinFetch(request, topics, answer);
        loop.post(() -> {
            if (fetch.answerIfReady(false)) {
                return;
            }
            waiting.add(fetch);
            EventLoop.Timer timer = loop.schedule(request.maxWait(), () -> fetch.answerIfReady(true));
            var _ = answer.whenComplete((_, _) -> {
                timer.cancel();
                loop.post(() -> waiting.remove(fetch));
            });
        });
        return answer;
    }

    private void answerWhoCanBe() {
        List.copyOf(waiting).forEach(fetch -> fetch.answerIfReady(false));
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return onLoop(() -> each(
                request.parts(),
                ListOffsetsRequest.Part::partition,
                (log, part) -> log.withEpoch(part.expectedLeaderEpoch(), () -> Outcome.done(log.find(part.target())))));
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return onLoop(() -> each(
                request.parts(),
                DeleteRecordsRequest.Part::partition,
                (log, part) -> log.deleteBefore(part.beforeOffset())));
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return onLoop(
                () -> each(request.partitions(), partition -> partition, (log, ignored) -> Outcome.done(log.status())));
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return onLoop(() -> each(
                request.partitions(), partition -> partition, (log, _) -> log.activeProducers(request.producersMax())));
    }

    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        return onLoop(() -> List.of(new LogDirectoryStatus(
                0,
                "memory",
                null,
                topics.partitionCount(),
                topics.bytes(),
                Long.MAX_VALUE,
                detail == LogDirectoryDetail.REPLICAS ? topics.replicas() : List.of())));
    }

    private <P, T> List<Outcome<T>> each(
            List<P> parts, Function<P, TopicPartition> partition, BiFunction<TwinPartition, P, Outcome<T>> ask) {
        return parts.stream()
                .map(part -> topics.ask(partition.apply(part), log -> ask.apply(log, part)))
                .toList();
    }

    private <T> CompletableFuture<T> onLoop(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.post(() -> {
            try {
                answer.complete(work.get());
            } catch (RuntimeException bug) {
                answer.completeExceptionally(bug);
            }
        });
        return answer;
    }
}
