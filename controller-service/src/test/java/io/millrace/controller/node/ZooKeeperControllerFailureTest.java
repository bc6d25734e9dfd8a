package io.millrace.controller.node;

import static io.millrace.controller.node.ZooKeeperController.await;
import static io.millrace.controller.node.ZooKeeperController.awaitLead;
import static io.millrace.controller.node.ZooKeeperController.awaitUntil;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.statemachine.LogObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZooKeeperControllerFailureTest {
    /** Partitions whose records take several writes of half a MiB. */
    private static final int MANY = 5_000;

    private ZooKeeperFixture zooKeeper;

    @BeforeEach
    void startZooKeeper() throws Exception {
        zooKeeper = new ZooKeeperFixture();
    }

    @AfterEach
    void stopZooKeeper() throws Exception {
        zooKeeper.close();
    }

    @Test
    void whatACrashLeftOfAtopicIsInvisibleAndRemovedByTheNextLeader() throws Exception {
        AtomicReference<ControllerNode> dying = new AtomicReference<>();
        ControllerNode first = ZooKeeperController.start(zooKeeper, "controller-0", (part, parts, changes, nanos) -> {
            if (parts > 1 && part == parts - 1) {
                dying.get().close();
            }
        });
        dying.set(first);
        awaitLead(first);
        register(first);
        await(first.createTopic(topic("small", 1)));
        Outcome<TopicImage> outcome = await(first.createTopic(topic("wide", MANY)));

        ControllerNode next = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        awaitLead(next);
        assertThat(next.image().topics()).containsOnlyKeys("small");
        awaitUntil("the repair", () -> next.image().assembly().partitions().size() == 1);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        CuratorFramework client = zooKeeper.client();
        assertThat(client.getChildren().forPath("/millrace/topics")).hasSize(1);
        assertThat(await(next.createTopic(topic("wide", 2)))).isInstanceOf(Outcome.Done.class);
        next.close();
    }

    @Test
    void theNextLeaderGivesOtherProducerIds() throws Exception {
        ControllerNode first = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitLead(first);
        Outcome<ProducerIdBlock> before = await(first.allocateProducerIds(1_000));
        first.close();

        ControllerNode next = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        awaitLead(next);
        Outcome<ProducerIdBlock> after = await(next.allocateProducerIds(10));

        assertThat(before).isEqualTo(Outcome.done(new ProducerIdBlock(0, 1_000)));
        assertThat(after).isEqualTo(Outcome.done(new ProducerIdBlock(1_000, 10)));
        next.close();
    }

    @Test
    void aControllerThatIsStartedAgainDoesNotWaitForItsOwnOldSession() throws Exception {
        CuratorFramework killed = zooKeeper.client();
        killed.create().creatingParentsIfNeeded().forPath("/millrace/controller/candidates", new byte[0]);
        killed.create()
                .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .forPath("/millrace/controller/candidates/latch-", "controller-0".getBytes(UTF_8));
        killed.setData().forPath("/millrace/controller", "{\"epoch\":7,\"version\":3}".getBytes(UTF_8));

        ControllerNode again = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);

        awaitLead(again);
        assertThat(again.epoch()).isEqualTo(8);
        assertThat(again.image().version()).isEqualTo(4);
        again.close();
    }

    @Test
    void ofTwoLivingControllersOfOneIdTheLaterOneStaysAndTheOtherSaysWhyItGoes() throws Exception {
        ControllerNode first = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitLead(first);

        ControllerNode second = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitUntil("the first to give up", () -> first.outOfService() != null);
        awaitLead(second);
        int epoch = second.epoch();
        Outcome<TopicImage> refused = await(first.createTopic(topic("orders", 1)));
        register(second);

        assertThat(first.outOfService()).contains("controller-0", "an id of its own");
        assertThat(first.standing()).isEqualTo(ControllerStanding.UNKNOWN);
        assertThat(refusalOf(refused))
                .isEqualTo(new Refusal.ControllerNotAvailable(String.valueOf(first.outOfService())));
        assertThat(await(second.createTopic(topic("orders", 1)))).isInstanceOf(Outcome.Done.class);
        assertThat(second.epoch()).as("nobody deposes it").isEqualTo(epoch);
        assertThat(second.outOfService()).isNull();
        first.close();
        second.close();
    }

    @Test
    void aStandbyIsReplacedByAlaterProcessOfItsIdToo() throws Exception {
        ControllerNode active = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitLead(active);
        ControllerNode standby = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        awaitUntil("the standby to know", () -> standby.standing().equals(active.standing()));

        ControllerNode later = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        awaitUntil("the standby to give up", () -> standby.outOfService() != null);
        active.close();
        awaitLead(later);

        assertThat(standby.epoch()).isEqualTo(-1);
        standby.close();
        later.close();
    }

    @Test
    void serversThatAreDeadOrHaveNoAddressDoNotKeepAControllerFromTheLivingOne() throws Exception {
        CuratorFramework client = zooKeeper.client("zookeeper.invalid:2181,127.0.0.1:1," + zooKeeper.connectString());
        ControllerNode node = ZooKeeperController.start(zooKeeper, client, "controller-0", LogObserver.NONE);

        awaitLead(node);

        register(node);
        assertThat(await(node.createTopic(topic("orders", 1)))).isInstanceOf(Outcome.Done.class);
        node.close();
    }

    @Test
    void aClosedControllerAnswersAlsoWhenItsThreadsHaveEnded() throws Exception {
        ThreadEventLoops threads = zooKeeper.loops("ended");
        ControllerNode node = ZooKeeperController.start(
                zooKeeper, zooKeeper.client(), threads.all().getFirst(), "controller-0", LogObserver.NONE);
        awaitLead(node);

        node.close();
        threads.close();

        assertThat(refusalOf(await(node.createTopic(topic("late", 1))))).isInstanceOf(Refusal.ShuttingDown.class);
        assertThat(await(node.heartbeat(new BrokerHeartbeat(0, 1, 1, false)))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aControllerWithoutZooKeeperRefusesAndTakesUpAgainWithoutAnewStart() throws Exception {
        ControllerNode node = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitLead(node);
        register(node);
        await(node.createTopic(topic("before", 1)));

        zooKeeper.stopServer();
        CompletableFuture<Outcome<TopicImage>> writing = node.createTopic(topic("during", 1));
        awaitUntil("the end of the lead", () -> node.epoch() < 0);
        Outcome<TopicImage> without = await(node.createTopic(topic("without", 1)));
        zooKeeper.startServer();
        awaitLead(node);

        assertThat(refusalOf(await(writing))).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusalOf(without)).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(await(node.createTopic(topic("after", 1)))).isInstanceOf(Outcome.Done.class);
        assertThat(node.image().topics()).containsOnlyKeys("after", "before");
        node.close();
    }

    private static Refusal refusalOf(Outcome<TopicImage> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<TopicImage>) outcome).refusal();
    }

    private static void register(ControllerNode node) throws Exception {
        BrokerRegistration broker = new BrokerRegistration(0, null, new UUID(0, 1), null, List.of());
        assertThat(await(node.registerBroker(broker))).isInstanceOf(Outcome.Done.class);
    }

    private static CreateTopicRequest topic(String name, int partitions) {
        return new CreateTopicRequest(name, partitions, 1, Map.of(), false);
    }
}
