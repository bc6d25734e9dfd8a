package io.millrace.core.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every controller holds, whatever its memory. Each test begins with a cluster in which nothing has happened. */
public abstract class ControllerApiContract extends QuotaContract {
    @Test
    void aTopicIsLedByTheBrokerThatIsThere() throws Exception {
        startBroker();

        TopicImage topic = done(controller().createTopic(topic("orders", 3)));

        assertThat(topic.name()).isEqualTo("orders");
        assertThat(topic.partitions())
                .hasSize(3)
                .allSatisfy(partition -> assertThat(partition.leader()).isEqualTo(BROKER));
        assertShown(topic);
    }

    @Test
    void noProducerIdIsGivenTwice() throws Exception {
        ProducerIdBlock one = done(controller().allocateProducerIds(1_000));
        ProducerIdBlock other = done(controller().allocateProducerIds(7));

        assertThat(one.count()).isEqualTo(1_000);
        assertThat(one.firstId()).isNotNegative();
        assertThat(other.count()).isEqualTo(7);
        assertThat(other.firstId()).isGreaterThanOrEqualTo(one.firstId() + one.count());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, ProducerIdBlock.COUNT_MAX + 1, Integer.MAX_VALUE})
    void impossibleNumbersOfProducerIdsAreRefused(int count) throws Exception {
        assertThat(refusal(controller().allocateProducerIds(count))).isInstanceOf(Refusal.InvalidRequest.class);
    }

    @Test
    void aTopicOfThatNameIsRefused() throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 3)));

        assertThat(refusal(controller().createTopic(topic("orders", 1)))).isEqualTo(new Refusal.TopicExists("orders"));
    }

    @Test
    void namesThatDifferInDotAndUnderscoreOnlyAreTwoNames() throws Exception {
        startBroker();
        done(controller().createTopic(topic("a.b", 1)));

        assertThat(done(controller().createTopic(topic("a_b", 1))).name()).isEqualTo("a_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "\u00fc", "a\u0000"})
    void illegalNamesAreRefused(String name) throws Exception {
        startBroker();

        assertThat(refusal(controller().createTopic(topic(name, 1)))).isInstanceOf(Refusal.InvalidTopicName.class);
    }

    @Test
    void aNameThatIsTooLongIsRefused() throws Exception {
        startBroker();

        assertThat(refusal(controller().createTopic(topic("x".repeat(250), 1))))
                .isInstanceOf(Refusal.InvalidTopicName.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE, 1_000_000, Integer.MAX_VALUE})
    void impossiblePartitionCountsAreRefused(int partitionCount) throws Exception {
        startBroker();

        assertThat(refusal(controller().createTopic(topic("orders", partitionCount))))
                .isInstanceOf(Refusal.InvalidPartitionCount.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, 2, Integer.MAX_VALUE})
    void moreReplicasThanBrokersAreRefused(int replicationFactor) throws Exception {
        startBroker();

        assertThat(refusal(controller()
                        .createTopic(new CreateTopicRequest("orders", 1, replicationFactor, Map.of(), false))))
                .isInstanceOf(Refusal.InvalidReplicationFactor.class);
    }

    @ParameterizedTest
    @CsvSource({"retention.ms, soon", "no.such.config, 1", "cleanup.policy, compact", "min.insync.replicas, 0"})
    void configsThatAreNotServedAreRefusedByName(String name, String value) throws Exception {
        startBroker();

        Refusal refusal =
                refusal(controller().createTopic(new CreateTopicRequest("orders", 1, 1, Map.of(name, value), false)));

        assertThat(refusal).isInstanceOf(Refusal.InvalidConfig.class);
        assertThat(refusal.message()).contains(name).endsWith(".");
        assertThat(topicsAfterwards()).isEmpty();
    }

    @Test
    void numbersLeftToTheClusterGetDefaults() throws Exception {
        startBroker();

        TopicImage topic = done(controller()
                .createTopic(new CreateTopicRequest(
                        "orders", CreateTopicRequest.DEFAULT, CreateTopicRequest.DEFAULT, Map.of(), false)));

        assertThat(topic.partitions()).hasSize(1);
        assertThat(topic.topic().replicationFactor()).isEqualTo(1);
    }

    @Test
    void aTopicThatIsOnlyValidatedIsNotThere() throws Exception {
        startBroker();

        TopicImage topic = done(controller().createTopic(new CreateTopicRequest("orders", 2, 1, Map.of(), true)));

        assertThat(topic.partitions()).hasSize(2);
        assertThat(topicsAfterwards()).isEmpty();
    }

    @Test
    void aDeletedTopicLeavesItsNameAndAtombstone() throws Exception {
        startBroker();
        TopicImage first = done(controller().createTopic(topic("orders", 2)));

        TopicImage deleted = done(controller().deleteTopic("orders"));
        TopicImage second = done(controller().createTopic(topic("orders", 2)));

        assertThat(deleted.topicId()).isEqualTo(first.topicId());
        assertThat(second.topicId()).isNotEqualTo(first.topicId());
        assertShown(second);
        assertThat(controller().image().deletedTopics()).containsOnlyKeys(first.topicId());
        assertThat(controller().image().assembly().partitions()).containsOnlyKeys(second.topicId());
    }

    @Test
    void anUnknownTopicIsRefusedEverywhere() throws Exception {
        Refusal unknown = new Refusal.UnknownTopic("nowhere");

        assertThat(refusal(controller().deleteTopic("nowhere"))).isEqualTo(unknown);
        assertThat(refusal(controller().addPartitions(new AddPartitionsRequest("nowhere", 2, false))))
                .isEqualTo(unknown);
        assertThat(refusal(controller().alterTopicConfigs(alter("nowhere", Map.of(), List.of()))))
                .isEqualTo(unknown);
    }

    @Test
    void addedPartitionsLeaveTheOthersAlone() throws Exception {
        startBroker();
        TopicImage before = done(controller().createTopic(topic("orders", 2)));

        TopicImage after = done(controller().addPartitions(new AddPartitionsRequest("orders", 5, false)));

        assertThat(after.partitions()).hasSize(5).startsWith(before.partitions().toArray(PartitionImage[]::new));
        assertThat(after.topicId()).isEqualTo(before.topicId());
        assertShown(after);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2, 0, -1, Integer.MAX_VALUE})
    void partitionsOnlyGrowAndNotWithoutEnd(int partitionCount) throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 3)));

        assertThat(refusal(controller().addPartitions(new AddPartitionsRequest("orders", partitionCount, false))))
                .isInstanceOf(Refusal.InvalidPartitionCount.class);
    }

    @Test
    void configsAreSetAndResetTogether() throws Exception {
        startBroker();
        done(controller().createTopic(new CreateTopicRequest("orders", 1, 1, Map.of("retention.ms", "1000"), false)));

        TopicImage altered = done(
                controller().alterTopicConfigs(alter("orders", Map.of("segment.ms", "500"), List.of("retention.ms"))));

        assertThat(altered.topic().configs()).isEqualTo(Map.of("segment.ms", "500"));
        assertShown(altered);
    }

    @Test
    void oneBadConfigKeepsTheGoodOnesOut() throws Exception {
        startBroker();
        done(controller().createTopic(topic("orders", 1)));

        Refusal refusal = refusal(controller()
                .alterTopicConfigs(alter("orders", Map.of("segment.ms", "500", "retention.ms", "x"), List.of())));

        assertThat(refusal).isInstanceOf(Refusal.InvalidConfig.class);
        assertThat(topicsAfterwards())
                .hasEntrySatisfying(
                        "orders", topic -> assertThat(topic.topic().configs()).isEmpty());
    }

    @Test
    void aBrokerIsFencedUntilItHasCaughtUp() throws Exception {
        BrokerRegistered registered = done(controller().registerBroker(registration(1, null)));
        TopicImage topic = done(controller().createTopic(topic("orders", 1)));

        BrokerLease behind = done(heartbeat(registered, -1, false));
        BrokerLease caughtUp = done(heartbeat(registered, versionWith(registered), false));

        assertThat(topic.partitions().getFirst().leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(behind.fenced()).isTrue();
        assertThat(caughtUp.fenced()).isFalse();
        awaitLeader("orders", BROKER);
    }

    @Test
    void aBrokerThatShutsDownLeadsNothing() throws Exception {
        BrokerRegistered registered = startBroker();
        done(controller().createTopic(topic("orders", 1)));

        BrokerLease lease = done(heartbeat(registered, controller().image().version(), true));

        assertThat(lease.fenced()).isTrue();
        awaitLeader("orders", PartitionImage.NO_LEADER);
    }

    @Test
    void aBrokerThatStartsAgainLeadsInAlaterEpoch() throws Exception {
        BrokerRegistered first = startBroker();
        TopicImage before = done(controller().createTopic(topic("orders", 1)));
        done(heartbeat(first, controller().image().version(), true));

        BrokerRegistered second = done(controller().registerBroker(registration(2, first.clusterId())));
        done(heartbeat(second, versionWith(second), false));

        assertThat(second.brokerEpoch()).isGreaterThan(first.brokerEpoch());
        awaitLeader("orders", BROKER);
        TopicImage after = controller().image().topic("orders").orElseThrow();
        assertThat(after.partitions().getFirst().leaderEpoch())
                .isGreaterThan(before.partitions().getFirst().leaderEpoch());
        assertThat(refusal(heartbeat(first, 100, false))).isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void aBrokerOfAnotherClusterIsRefused() throws Exception {
        assertThat(refusal(controller().registerBroker(registration(1, "another-cluster"))))
                .isInstanceOf(Refusal.RegistrationRefused.class);
    }

    @Test
    void aBrokerThatNeverRegisteredIsUnknown() throws Exception {
        assertThat(refusal(controller().heartbeat(new BrokerHeartbeat(BROKER, 0, 0, false))))
                .isEqualTo(new Refusal.UnknownBroker(BROKER));
    }

    @Test
    void aBrokerThatIsGoneAndHasNothingIsForgotten() throws Exception {
        BrokerRegistered registered = startBroker();
        done(heartbeat(registered, controller().image().version(), true));

        assertThat(done(controller().unregisterBroker(BROKER))).isEqualTo(BROKER);

        awaitUntil("the picture", () -> controller().image().brokers().isEmpty());
        assertThat(refusal(controller().unregisterBroker(BROKER))).isEqualTo(new Refusal.UnknownBroker(BROKER));
        assertThat(refusal(heartbeat(registered, 100, false))).isEqualTo(new Refusal.UnknownBroker(BROKER));
    }

    @Test
    void aBrokerThatLivesOrHasReplicasIsNotForgotten() throws Exception {
        BrokerRegistered registered = startBroker();
        assertThat(refusal(controller().unregisterBroker(BROKER))).isInstanceOf(Refusal.InvalidRequest.class);
        done(controller().createTopic(topic("orders", 1)));
        done(heartbeat(registered, controller().image().version(), true));

        assertThat(refusal(controller().unregisterBroker(BROKER))).isInstanceOf(Refusal.InvalidRequest.class);
    }

    @Test
    void aWatcherGetsAsnapshotAndThenEveryDelta() throws Exception {
        startBroker();
        RecordingWatcher watcher = new RecordingWatcher();

        controller().watch(watcher);
        awaitUntil("the snapshot", () -> !watcher.pictures().isEmpty());
        done(controller().createTopic(topic("a", 1)));
        done(controller().deleteTopic("a"));
        done(controller().createTopic(topic("b", 1)));

        awaitUntil(
                "the last delta", () -> watcher.pictures().getLast().topic("b").isPresent());
        assertThat(controller().image()).isEqualTo(watcher.pictures().getLast());
        assertThat(watcher.snapshots()).isEqualTo(1);
        assertThat(watcher.problems()).isEmpty();
        assertThat(watcher.pictures()).hasSize(4);
    }

    @Test
    void aClosedWatchHearsNothingMore() throws Exception {
        startBroker();
        RecordingWatcher watcher = new RecordingWatcher();
        ControllerApi.Subscription watch = controller().watch(watcher);
        awaitUntil("the snapshot", () -> !watcher.pictures().isEmpty());

        watch.close();
        done(controller().createTopic(topic("a", 1)));
        settle();

        assertThat(watcher.pictures()).hasSize(1);
    }

    private static AlterTopicConfigsRequest alter(String topic, Map<String, String> set, List<String> reset) {
        return new AlterTopicConfigsRequest(topic, set, reset, false);
    }
}
