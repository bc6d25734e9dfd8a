package io.millrace.controller.node;

import static io.millrace.controller.node.ZooKeeperController.await;
import static io.millrace.controller.node.ZooKeeperController.awaitLead;
import static io.millrace.controller.node.ZooKeeperController.awaitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.Ensemble;
import io.millrace.controller.zookeeper.Links;
import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.statemachine.LogObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Controllers on three ZooKeeper servers, and what befalls these and the way to them. */
class EnsembleTest {
    private static final int TICK_MILLIS = 500;
    private static final int SESSION_TIMEOUT_MILLIS = 3_000;

    private static Ensemble ensemble;
    private static int tests;

    private final FaithfulWatcher watcher = new FaithfulWatcher();
    private final List<ControllerNode> started = new ArrayList<>();
    private ZooKeeperFixture zooKeeper;
    private String root;

    @BeforeAll
    static void startEnsemble() throws Exception {
        ensemble = new Ensemble(TICK_MILLIS);
    }

    @AfterAll
    static void stopEnsemble() throws Exception {
        ensemble.close();
    }

    @BeforeEach
    void beginWithNothing() throws Exception {
        root = "/test-" + ++tests;
        ZooKeeperFixture whole = new ZooKeeperFixture(ensemble.connectString(), SESSION_TIMEOUT_MILLIS);
        whole.client().create().forPath(root);
        whole.close();
        zooKeeper = new ZooKeeperFixture(ensemble.connectString() + root, SESSION_TIMEOUT_MILLIS);
    }

    @AfterEach
    void stop() throws Exception {
        ensemble.restart();
        started.forEach(ControllerNode::close);
        zooKeeper.close();
    }

    @Test
    void theLossOfTheServerThatLeadsTheEnsembleCostsNothingButTime() throws Exception {
        ControllerNode node = start("controller-0");
        BrokerRegistered broker = startClusterOf(node);

        ensemble.stopLeader();
        awaitTopic("during", node);
        ensemble.restart();

        assertThat(await(node.createTopic(topic("after")))).isInstanceOf(Outcome.Done.class);
        assertThat(node.image().topics()).containsOnlyKeys("after", "before", "during");
        assertThat(heartbeat(node, broker)).isInstanceOf(Outcome.Done.class);
        assertWatcherSawEverything(node);
    }

    @Test
    void whenEveryServerWasAwayForLongerThanAsessionEverythingGoesOnByItself() throws Exception {
        ControllerNode node = start("controller-0");
        BrokerRegistered broker = startClusterOf(node);
        ControllerNode standby = start("controller-1");
        awaitUntil("the standby to know", () -> standby.standing().equals(node.standing()));
        long before = node.image().version();

        ensemble.stop();
        awaitUntil("the suspension", () -> node.standing().suspended());
        Outcome<BrokerLease> lease = heartbeat(node, broker);
        Outcome<TopicImage> refused = await(node.createTopic(topic("during")));
        boolean standbySuspended = standby.standing().suspended();
        ensemble.restart();
        awaitUntil("a leader", () -> node.epoch() >= 0 || standby.epoch() >= 0);
        awaitUntil("agreement", () -> node.standing().equals(standby.standing()));

        assertThat(lease).matches(outcome -> outcome instanceof Outcome.Done<BrokerLease>);
        assertThat(refusalOf(refused)).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(standbySuspended).isFalse();
        ControllerNode active = node.epoch() >= 0 ? node : standby;
        assertThat(active.image().version()).isGreaterThan(before);
        assertThat(active.image().clusterId()).isEqualTo(broker.clusterId());
        assertThat(active.image().topics()).containsOnlyKeys("before");
        assertThat(active.image().brokers().get(0)).matches(image -> !image.fenced());
        assertThat(await(active.createTopic(topic("after")))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aLeaderThatIsCutOffWritesNothingMoreAndFollowsItsSuccessorLater() throws Exception {
        try (Links links = new Links(ensemble)) {
            ControllerNode deposed = start("controller-0", zooKeeper.client(links.connectString() + root));
            BrokerRegistered broker = startClusterOf(deposed);
            ControllerNode next = start("controller-1");

            links.cut();
            CompletableFuture<Outcome<TopicImage>> late = deposed.createTopic(topic("late"));
            awaitLead(next);
            Outcome<TopicImage> made = await(next.createTopic(topic("made")));
            awaitUntil("the suspension", () -> deposed.standing().suspended());
            Outcome<BrokerLease> lease = heartbeat(deposed, broker);
            links.mend();
            awaitUntil("the deposed to hear", () -> deposed.standing().equals(next.standing()));

            assertThat(made).isInstanceOf(Outcome.Done.class);
            assertThat(lease).isInstanceOf(Outcome.Done.class);
            assertThat(refusalOf(await(late))).isInstanceOf(Refusal.ControllerNotAvailable.class);
            assertThat(refusalOf(heartbeat(deposed, broker)).message()).contains("controller-1");
            assertThat(heartbeat(next, broker)).isInstanceOf(Outcome.Done.class);
            assertThat(await(next.createTopic(topic("more")))).isInstanceOf(Outcome.Done.class);
            assertThat(next.image().topics()).containsOnlyKeys("before", "made", "more");
            next.close();
            awaitLead(deposed);
            assertThat(deposed.image().topics()).as("what is in ZooKeeper").containsOnlyKeys("before", "made", "more");
            assertWatcherSawEverything(deposed);
        }
    }

    @Test
    void anExpiredSessionInterruptsDecisionsAndNoLease() throws Exception {
        CuratorFramework client = zooKeeper.client();
        ControllerNode node = start("controller-0", client);
        BrokerRegistered broker = startClusterOf(node);
        int epoch = node.epoch();

        endSession(client.getZookeeperClient().getZooKeeper());
        List<Outcome<BrokerLease>> leases = new ArrayList<>();
        awaitUntil("the next lead", () -> {
            leases.add(heartbeat(node, broker));
            return node.epoch() > epoch;
        });

        assertThat(leases).allMatch(outcome -> outcome instanceof Outcome.Done<BrokerLease>);
        assertThat(await(node.createTopic(topic("after")))).isInstanceOf(Outcome.Done.class);
        assertThat(node.image().topics()).containsOnlyKeys("after", "before");
        assertWatcherSawEverything(node);
    }

    /** By another client that takes it over: only one that is connected can end it. */
    private static void endSession(ZooKeeper session) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper other = new ZooKeeper(
                ensemble.connectString(),
                SESSION_TIMEOUT_MILLIS,
                event -> {
                    if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                session.getSessionId(),
                session.getSessionPasswd());
        boolean takenOver = connected.await(SESSION_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        other.close();
        assertThat(takenOver).as("taken over").isTrue();
    }

    @Test
    void aSlowZooKeeperTakesItsTimeAndCostsNoLead() throws Exception {
        try (Links links = new Links(ensemble)) {
            ControllerNode node = start("controller-0", zooKeeper.client(links.connectString() + root));
            BrokerRegistered broker = startClusterOf(node);
            int epoch = node.epoch();

            links.delay(200);
            for (int i = 0; i < 5; i++) {
                assertThat(await(node.createTopic(topic("slow-" + i)))).isInstanceOf(Outcome.Done.class);
                assertThat(heartbeat(node, broker)).isInstanceOf(Outcome.Done.class);
            }

            assertThat(node.epoch()).isEqualTo(epoch);
            assertWatcherSawEverything(node);
        }
    }

    private ControllerNode start(String id) {
        return start(id, zooKeeper.client());
    }

    private ControllerNode start(String id, CuratorFramework client) {
        ControllerNode node = ZooKeeperController.start(zooKeeper, client, id, LogObserver.NONE);
        started.add(node);
        return node;
    }

    /** A watched cluster of one broker, which may lead, and one topic. */
    private BrokerRegistered startClusterOf(ControllerNode node) throws Exception {
        awaitLead(node);
        node.watch(watcher);
        BrokerRegistered broker =
                done(await(node.registerBroker(new BrokerRegistration(0, null, new UUID(0, 1), null, List.of()))));
        assertThat(done(heartbeat(node, broker)).fenced()).isFalse();
        done(await(node.createTopic(topic("before"))));
        return broker;
    }

    /** Asks until it is done; an answer that was lost shows as a topic that exists. */
    private static void awaitTopic(String name, ControllerNode node) throws Exception {
        awaitUntil("topic " + name, () -> {
            Outcome<TopicImage> outcome = answerOf(node.createTopic(topic(name)));
            return outcome instanceof Outcome.Done<TopicImage>
                    || outcome instanceof Outcome.Refused<TopicImage>(Refusal.TopicExists exists);
        });
    }

    private void assertWatcherSawEverything(ControllerNode node) throws Exception {
        awaitUntil("the watcher", () -> watcher.seen().equals(node.image()));
        assertThat(watcher.problems()).isEmpty();
    }

    private static Outcome<BrokerLease> heartbeat(ControllerNode node, BrokerRegistered broker) {
        return answerOf(node.heartbeat(
                new BrokerHeartbeat(0, broker.brokerEpoch(), node.image().version(), false)));
    }

    private static <T> Outcome<T> answerOf(CompletableFuture<Outcome<T>> answer) {
        try {
            return await(answer);
        } catch (Exception e) {
            throw new AssertionError("No answer", e);
        }
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    private static Refusal refusalOf(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static CreateTopicRequest topic(String name) {
        return new CreateTopicRequest(name, 3, 1, Map.of(), false);
    }
}
