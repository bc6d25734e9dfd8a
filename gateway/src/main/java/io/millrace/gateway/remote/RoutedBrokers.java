package io.millrace.gateway.remote;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * All brokers of the cluster as one: each part of a request goes to the broker that leads its partition by the latest
 * picture, in one call for each broker, and the answers come back in the order of the parts. What the picture refuses, an
 * unknown topic or a partition without a leader, is refused without a call. Appends may share a call with others that wait
 * for the same replicas, but those to a broker in this process. Nothing is tried again here: a picture that lags shows as a refusal that
 * {@link io.millrace.gateway.routing.BrokerRetry} lets pass. Safe for any thread.
 */
public final class RoutedBrokers implements BrokerApi, AutoCloseable {
    private final MetadataView view;
    private final BrokerLinks links;
    private final EventLoop timers;
    private final RoutingPatience patience;
    private final ReaderPlace readers;

    /** No link is made before it is needed. Reads go to the leaders. */
    public RoutedBrokers(
            MetadataView view, BrokerLink.Maker maker, EventLoop timers, Clock clock, RoutingPatience patience) {
        this(view, maker, timers, clock, patience, ReaderPlace.UNKNOWN);
    }

    /**
     * No link is made before it is needed.
     *
     * @param readers where they are, so that reads that any replica may serve go to one that is there too
     */
    public RoutedBrokers(
            MetadataView view,
            BrokerLink.Maker maker,
            EventLoop timers,
            Clock clock,
            RoutingPatience patience,
            ReaderPlace readers) {
        this.view = view;
        this.readers = readers;
        this.links = new BrokerLinks(view, maker, timers, clock);
        this.timers = timers;
        this.patience = patience;
    }

    @Override
    public CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        ClusterImage image = view.image();
        return ask(
                request.parts(),
                AppendRequest.Part::partition,
                (to, parts) -> to.append(
                        new AppendRequest(parts, request.acks(), request.timeout()),
                        awaited(image, request.acks(), parts)));
    }

    /** The replicas that have to have the records before they are acknowledged. */
    private static SortedSet<Integer> awaited(ClusterImage image, Acks acks, List<AppendRequest.Part> parts) {
        SortedSet<Integer> replicas = new TreeSet<>();
        if (acks == Acks.ALL) {
            parts.forEach(part -> image.partition(part.partition())
                    .ifPresent(partition -> replicas.addAll(partition.inSyncReplicas())));
        }
        return replicas;
    }

    /**
     * Over several brokers: as soon as one of them has enough, the answer holds what the others had at the beginning of the
     * wait. Parts that several brokers have a little of together answer at the end of the wait.
     */
    @Override
    public CompletableFuture<List<Outcome<Fetched>>> fetch(FetchRequest request) {
        return readers.isKnown() && request.servedBy() == ServedBy.ANY_REPLICA
                ? new NearestFetch(request, this::fetchNearby, this::fetchFromLeaders).start()
                : fetchFromLeaders(request);
    }

    /** Says so to them, as one of them may follow by now. */
    private CompletableFuture<List<Outcome<Fetched>>> fetchFromLeaders(FetchRequest request) {
        return fetch(request.fromLeaders(), route(request.parts(), FetchRequest.Part::partition));
    }

    private CompletableFuture<List<Outcome<Fetched>>> fetchNearby(FetchRequest request) {
        ClusterImage image = view.image();
        NearestReplicas nearest = new NearestReplicas(image, readers);
        return fetch(
                request,
                RoutedQuestion.route(image, links, request.parts(), FetchRequest.Part::partition, nearest::choose));
    }

    private CompletableFuture<List<Outcome<Fetched>>> fetch(
            FetchRequest request, RoutedQuestion<FetchRequest.Part> question) {
        return question.isForOneBroker()
                ? question.shares().getFirst().broker().fetch(request)
                : new RoutedFetch(request, question, timers, patience.straggler()).start();
    }

    @Override
    public CompletableFuture<List<Outcome<FoundOffset>>> listOffsets(ListOffsetsRequest request) {
        return ask(
                request.parts(),
                ListOffsetsRequest.Part::partition,
                (to, parts) -> to.broker().listOffsets(new ListOffsetsRequest(parts, request.isolationLevel())));
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> deleteRecords(DeleteRecordsRequest request) {
        return ask(
                request.parts(),
                DeleteRecordsRequest.Part::partition,
                (to, parts) -> to.broker().deleteRecords(new DeleteRecordsRequest(parts)));
    }

    @Override
    public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
        return ask(
                request.partitions(),
                Function.identity(),
                (to, parts) -> to.broker().describe(new DescribePartitionsRequest(parts)));
    }

    @Override
    public CompletableFuture<List<Outcome<List<ActiveProducer>>>> describeProducers(DescribeProducersRequest request) {
        return ask(
                request.partitions(),
                Function.identity(),
                (to, parts) ->
                        to.broker().describeProducers(new DescribeProducersRequest(parts, request.producersMax())));
    }

    /** Of every broker that is not fenced and answers in time. */
    @Override
    public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
        ClusterImage image = view.image();
        List<CompletableFuture<List<LogDirectoryStatus>>> answers = new ArrayList<>();
        for (BrokerImage broker : image.brokers().values()) {
            if (!broker.fenced()) {
                links.to(image, broker.brokerId())
                        .ifPresent(to -> answers.add(soon(to.broker().logDirectories(detail), patience.directories())));
            }
        }
        CompletableFuture<List<List<LogDirectoryStatus>>> all = Gathered.inOrder(answers);
        return Gathered.cancelling(
                all.thenApply(lists -> lists.stream().flatMap(List::stream).toList()), List.of(all));
    }

    private CompletableFuture<List<LogDirectoryStatus>> soon(
            CompletableFuture<List<LogDirectoryStatus>> answer, Duration within) {
        CompletableFuture<List<LogDirectoryStatus>> soon = answer.exceptionally(_ -> List.of());
        EventLoop.Timer timer = timers.schedule(within, () -> {
            soon.complete(List.of());
            answer.cancel(false);
        });
        var _ = soon.whenComplete((_, _) -> timer.cancel());
        return Gathered.cancelling(soon, List.of(answer));
    }

    private <P> RoutedQuestion<P> route(List<P> parts, Function<P, TopicPartition> name) {
        return RoutedQuestion.route(view.image(), links, parts, name);
    }

    private <P, T> CompletableFuture<List<Outcome<T>>> ask(
            List<P> parts,
            Function<P, TopicPartition> name,
            BiFunction<BrokerLinks.Linked, List<P>, CompletableFuture<List<Outcome<T>>>> ask) {
        RoutedQuestion<P> question = route(parts, name);
        List<CompletableFuture<List<Outcome<T>>>> answers = question.shares().stream()
                .map(share -> ask.apply(share.to(), share.parts()))
                .toList();
        if (question.isForOneBroker()) {
            return answers.getFirst();
        }
        CompletableFuture<List<List<Outcome<T>>>> all = Gathered.inOrder(answers);
        return Gathered.cancelling(all.thenApply(question::merge), List.of(all));
    }

    /** Closes the links to all brokers; whoever asks afterwards is refused. */
    @Override
    public void close() {
        links.close();
    }
}
