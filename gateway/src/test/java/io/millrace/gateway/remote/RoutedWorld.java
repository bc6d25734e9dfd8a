package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Brokers 0, 1 and 2 behind a router; nothing moves unless the test says so. */
final class RoutedWorld {
    static final Duration STRAGGLER = Duration.ofMillis(500);
    static final Duration LONG = Duration.ofSeconds(20);
    static final int MUCH = 1 << 20;

    final ManualClock clock = new ManualClock();
    final ManualEventLoop loop = new ManualEventLoop(clock);
    final ShownPicture picture = new ShownPicture();
    final List<InMemoryBroker> twins =
            IntStream.range(0, 3).mapToObj(_ -> new InMemoryBroker(loop, clock)).toList();
    /** Stands in for a twin where a test puts another broker. */
    final Map<Integer, BrokerApi> instead = new TreeMap<>();

    final List<String> opened = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    final MetadataView view = new MetadataView(picture);
    final RoutedBrokers brokers;

    RoutedWorld() {
        this("");
    }

    /** With readers in that rack. */
    RoutedWorld(String rack) {
        this(new ReaderPlace(Optional.of(rack).filter(known -> !known.isEmpty()), OptionalInt.empty()));
    }

    /** With readers there; the broker that shares their process is asked straight. */
    RoutedWorld(ReaderPlace readers) {
        BrokerLink.Maker links = readers.broker().isPresent()
                ? new LocalBroker(
                                readers.broker().getAsInt(),
                                twins.get(readers.broker().getAsInt()))
                        .linksBefore(this::link)
                : this::link;
        brokers = new RoutedBrokers(
                view, links, loop, clock, new RoutingPatience(STRAGGLER, Duration.ofSeconds(1)), readers);
        for (int id = 0; id < 3; id++) {
            picture.showBroker(id, 1, false);
        }
    }

    private BrokerLink link(String clusterId, BrokerImage broker, Endpoint endpoint) {
        String name = broker.brokerId() + " epoch " + broker.brokerEpoch() + " at " + endpoint.port();
        opened.add(name);
        BrokerApi api = instead.getOrDefault(broker.brokerId(), twins.get(broker.brokerId()));
        return new BrokerLink() {
            @Override
            public BrokerApi broker() {
                return api;
            }

            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    /** A topic whose partitions 0, 1, 2... are led by these; every broker would take every partition. */
    void createTopic(String name, int... leaders) {
        twins.forEach(twin -> twin.createTopic(name, leaders.length, Map.of()));
        picture.showTopic(name, leaders);
        loop.runUntilIdle();
    }

    void pass(Duration time) {
        loop.runUntilIdle();
        clock.advance(time);
        loop.runUntilIdle();
    }

    <T> T now(CompletableFuture<T> future) {
        loop.runUntilIdle();
        return future.resultNow();
    }

    CompletableFuture<List<Outcome<Appended>>> append(String... partitions) {
        List<AppendRequest.Part> parts = new ArrayList<>();
        for (String partition : partitions) {
            parts.add(new AppendRequest.Part(named(partition), 0, SmallBatches.of(1000, "for " + partition)));
        }
        return brokers.append(new AppendRequest(parts, Acks.ALL, LONG));
    }

    /** Gives one broker a value of its own. */
    void appendAt(int broker, String partition) {
        AppendRequest.Part part = new AppendRequest.Part(
                named(partition), AppendRequest.ANY_EPOCH, SmallBatches.of(1000, partition + " at " + broker));
        now(twins.get(broker).append(new AppendRequest(List.of(part), Acks.ALL, LONG)));
    }

    CompletableFuture<List<Outcome<Fetched>>> fetch(int minBytes, int maxBytes, Duration wait, String... partitions) {
        List<FetchRequest.Part> parts = new ArrayList<>();
        for (String partition : partitions) {
            parts.add(new FetchRequest.Part(named(partition), AppendRequest.ANY_EPOCH, 0, MUCH));
        }
        return brokers.fetch(new FetchRequest(parts, minBytes, maxBytes, wait, IsolationLevel.READ_UNCOMMITTED));
    }

    /** What a broker holds of a partition. */
    List<String> valuesAt(int broker, String partition) {
        var fetch = twins.get(broker)
                .fetch(new FetchRequest(
                        List.of(new FetchRequest.Part(named(partition), AppendRequest.ANY_EPOCH, 0, MUCH)),
                        0,
                        MUCH,
                        Duration.ZERO,
                        IsolationLevel.READ_UNCOMMITTED));
        return valuesIn(now(fetch).getFirst());
    }

    static List<String> valuesIn(Outcome<Fetched> outcome) {
        try {
            ByteBuffer records =
                    ((Outcome.Done<Fetched>) outcome).value().records().read();
            return SmallBatches.valuesIn(records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "orders-1" is partition 1 of orders. */
    static TopicPartition named(String partition) {
        int dash = partition.lastIndexOf('-');
        return new TopicPartition(partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1)));
    }
}
