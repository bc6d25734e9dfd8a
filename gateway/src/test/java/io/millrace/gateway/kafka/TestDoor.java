package io.millrace.gateway.kafka;

import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import io.millrace.gateway.kafka.configs.BrokerConfigs;
import io.millrace.gateway.kafka.configs.DoorSettings;
import io.millrace.gateway.kafka.handler.AddressQuotas;
import io.millrace.gateway.kafka.handler.ApiTable;
import io.millrace.gateway.kafka.handler.CallObserver;
import io.millrace.gateway.kafka.handler.Dispatch;
import io.millrace.gateway.kafka.handler.FrameApi;
import io.millrace.gateway.kafka.handler.KafkaApis;
import io.millrace.gateway.kafka.handler.admin.AdminApis;
import io.millrace.gateway.kafka.handler.configs.ConfigApis;
import io.millrace.gateway.kafka.handler.quotas.QuotaApis;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.network.KafkaServer;
import io.millrace.gateway.kafka.network.NetworkObserver;
import io.millrace.gateway.kafka.network.NetworkOptions;
import io.millrace.gateway.kafka.wire.RequestHead;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.quota.QuotaMeters;
import io.millrace.gateway.quota.QuotaWindow;
import io.millrace.gateway.quota.ThrottledClients;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.LeaderOpening;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.PictureWait;
import io.millrace.gateway.routing.ProducerIds;
import io.millrace.gateway.routing.QuotaChanges;
import io.millrace.gateway.routing.TopicChanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The Kafka door on a real port, before a broker and a controller in memory. Quotas are metered by a time that stands still until a test
 * moves it; connections are muted for as long as that told, in real time.
 */
public final class TestDoor implements AutoCloseable {
    public static final NetworkOptions OPTIONS = new NetworkOptions(
            2, 1 << 20, 4 << 20, 8, 1_000, Duration.ofMinutes(10), Duration.ofSeconds(30), 4 << 20, 16 << 20, false);

    /** The window of all quotas: a second, and a tenth more at the end of a sample. */
    public static final QuotaWindow WINDOW = new QuotaWindow(11, Duration.ofMillis(100));

    /** What the door tells as configs of brokers. */
    public static final DoorSettings SETTINGS = new DoorSettings(
            true,
            2,
            1 << 20,
            4 << 20,
            1_000,
            Duration.ofMinutes(10),
            new DoorSettings.QuotaWindows(QuotaWindow.DEFAULT, QuotaWindow.DEFAULT));

    private static final String ADVERTISED = "kafka.test:9092";
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final ThreadEventLoops loops;
    private final ControllerApi controller;
    private final MetadataView view;
    private final ApiTable table;
    private final KafkaServer server;
    private final InetSocketAddress address;
    private final List<String> hangups = new CopyOnWriteArrayList<>();
    private final SteppedClock clock = new SteppedClock();
    private final List<Map.Entry<QuotaKind, Integer>> throttled = new CopyOnWriteArrayList<>();
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();

    private TestDoor(
            NetworkOptions options,
            String advertised,
            boolean createsTopics,
            ControllerApi controller,
            Function<ThreadEventLoops, BrokerApi> broker)
            throws IOException {
        this.loops = new ThreadEventLoops("twin", 1, (thread, bug) -> bugs.add(bug));
        this.controller = controller;
        this.view = new MetadataView(controller);
        Observer observer = new Observer();
        this.table = table(broker.apply(loops), AdvertisedAddress.parse(advertised), createsTopics);
        ThrottledClients throttled =
                new ThrottledClients(view::image, new QuotaMeters(WINDOW, WINDOW, clock.nanoTime()));
        this.server = new KafkaServer(
                options,
                new Dispatch(table, throttled, clock, observer),
                new AddressQuotas(throttled, clock),
                observer);
        this.address = server.listen("test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), bound -> {});
    }

    private ApiTable table(BrokerApi brokers, AdvertisedAddress address, boolean createsTopics) {
        AdvertisedAddresses advertised = listener -> new BrokerAddresses(listener, address);
        PictureWait wait = new PictureWait(view, loops.all().getFirst(), Duration.ofSeconds(5));
        BrokerRetry patience =
                new BrokerRetry(loops.all().getFirst(), new SystemClock(), Duration.ofSeconds(5), Duration.ofMillis(5));
        TopicChanges topics = new TopicChanges(controller, wait, new LeaderOpening(brokers, view, patience));
        ReplicaChanges replicas = new ReplicaChanges(controller, view, wait);
        List<FrameApi> operators = new ArrayList<>();
        operators.addAll(new AdminApis(brokers, controller, view, topics, replicas).handlers());
        operators.addAll(new ConfigApis(view, topics, new BrokerConfigs(SETTINGS, brokers, advertised)).handlers());
        operators.addAll(new QuotaApis(view, new QuotaChanges(controller, wait)).handlers());
        return new KafkaApis(
                        brokers,
                        view,
                        topics,
                        new ProducerIds(controller),
                        advertised,
                        createsTopics,
                        OptionalInt.empty(),
                        operators)
                .table();
    }

    private static TestDoor before(NetworkOptions options, boolean createsTopics, UnaryOperator<BrokerApi> inFront)
            throws IOException {
        InMemoryController controller = InMemoryController.withBroker();
        return new TestDoor(options, ADVERTISED, createsTopics, controller, loops -> {
            InMemoryBroker broker = new InMemoryBroker(loops.all().getFirst(), new SystemClock());
            broker.follow(controller);
            return inFront.apply(broker);
        });
    }

    /** A door before these. */
    public static TestDoor open(ControllerApi controller, BrokerApi brokers) throws IOException {
        return open(controller, brokers, ADVERTISED);
    }

    /** A door before these that tells clients of that address. */
    public static TestDoor open(ControllerApi controller, BrokerApi brokers, String advertised) throws IOException {
        return new TestDoor(OPTIONS, advertised, true, controller, loops -> brokers);
    }

    public static TestDoor open() throws IOException {
        return open(OPTIONS);
    }

    public static TestDoor open(NetworkOptions options) throws IOException {
        return before(options, true, UnaryOperator.identity());
    }

    /** A door before brokers that something stands in front of. */
    public static TestDoor open(UnaryOperator<BrokerApi> inFront) throws IOException {
        return before(OPTIONS, true, inFront);
    }

    /** The same options with another silence after which a connection ends. */
    public static NetworkOptions with(NetworkOptions all, Duration idleMax) {
        return new NetworkOptions(
                all.loops(),
                all.frameBytesMax(),
                all.bytesInFlightMax(),
                all.requestsInFlightMax(),
                all.connectionsMax(),
                idleMax,
                all.frameTimeMax(),
                all.heldBytesMax(),
                all.heldBytesOfAllMax(),
                all.recordsInMemory());
    }

    /** A door at which topics are created by order only. */
    public static TestDoor withoutAutoCreation() throws IOException {
        return before(OPTIONS, false, UnaryOperator.identity());
    }

    /** A client that speaks frames. */
    public FrameClient connect() throws IOException {
        return new FrameClient(address);
    }

    /** A client that speaks frames and calls itself that. */
    public FrameClient connectAs(String clientId) throws IOException {
        return new FrameClient(address, clientId);
    }

    public KafkaServer server() {
        return server;
    }

    /** What is served. */
    public List<FrameApi.Versions> served() {
        return table.served();
    }

    public MetadataView view() {
        return view;
    }

    /** Sets a quota. */
    public void setQuota(QuotaEntity entity, QuotaKind kind, double limit) {
        alter(new AlterQuotasRequest.Alteration(entity, new TreeMap<>(Map.of(kind, limit)), new TreeSet<>()));
    }

    /** Ends a quota. */
    public void resetQuota(QuotaEntity entity, QuotaKind kind) {
        alter(new AlterQuotasRequest.Alteration(entity, new TreeMap<>(), new TreeSet<>(List.of(kind))));
    }

    private void alter(AlterQuotasRequest.Alteration alteration) {
        controller
                .alterQuotas(new AlterQuotasRequest(List.of(alteration), false))
                .join();
    }

    /** Moves the time by which quotas are metered. */
    public void pass(Duration time) {
        clock.nanos.addAndGet(time.toNanos());
    }

    /** How long clients were told to wait, in milliseconds, by the quota. */
    public List<Map.Entry<QuotaKind, Integer>> throttled() {
        return throttled;
    }

    /** Why connections were ended. */
    public List<String> hangups() {
        return hangups;
    }

    /** What must not happen at all. */
    public List<Throwable> bugs() {
        return bugs;
    }

    /** Creates a topic with a name of its own. */
    public String newTopic(int partitions) {
        String name = "kafka-" + TOPICS.incrementAndGet();
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, Map.of(), false))
                .join();
        return name;
    }

    @Override
    public void close() throws IOException {
        server.close();
        loops.close();
    }

    /** Time that stands still in between. */
    private static final class SteppedClock implements Clock {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public long wallMillis() {
            return TimeUnit.NANOSECONDS.toMillis(nanos.get());
        }
    }

    private final class Observer implements CallObserver, NetworkObserver {
        @Override
        public void hungUp(Client client, String reason) {
            hangups.add(reason);
        }

        @Override
        public void throttled(QuotaKind kind, int millis) {
            throttled.add(Map.entry(kind, millis));
        }

        @Override
        public void failed(RequestHead head, Client client, Throwable bug) {
            bugs.add(bug);
        }

        @Override
        public void bug(Client client, Throwable bug) {
            bugs.add(bug);
        }
    }
}
