package io.millrace.controller.node;

import static io.millrace.controller.node.ZooKeeperController.await;
import static io.millrace.controller.node.ZooKeeperController.awaitLead;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.AlterQuotasRequest;
import io.millrace.core.api.AlterQuotasRequest.Alteration;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.core.metadata.QuotaRules;
import io.millrace.core.metadata.Quotas;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Endpoint;
import io.millrace.core.statemachine.LogObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees who looks into ZooKeeper with {@code ls} and {@code get}. */
class ZooKeeperLayoutTest {
    private ZooKeeperFixture zooKeeper;
    private ControllerNode node;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new ZooKeeperFixture();
        node = ZooKeeperController.start(zooKeeper, "controller-0", LogObserver.NONE);
        awaitLead(node);
        BrokerRegistration broker = new BrokerRegistration(
                0, null, new UUID(0, 1), "cellar", List.of(new Endpoint("internal", "127.0.0.1", 19092)));
        assertThat(await(node.registerBroker(broker))).isInstanceOf(Outcome.Done.class);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        zooKeeper.close();
    }

    @Test
    void aClusterWithOneTopicLooksSo() throws Exception {
        Outcome<TopicImage> outcome =
                await(node.createTopic(new CreateTopicRequest("orders", 2, 1, Map.of("retention.ms", "-1"), false)));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        String topic = "/topics/" + node.image().topic("orders").orElseThrow().topicId();
        String partition = "{\"replicas\":[0],\"inSync\":[0],\"leader\":-1,\"leaderEpoch\":0,\"partitionEpoch\":0}";
        assertThat(tree())
                .isEqualTo(Map.of(
                        "/brokers/0",
                        "{\"incarnation\":\"00000000-0000-0000-0000-000000000001\",\"epoch\":2,\"rack\":\"cellar\","
                                + "\"endpoints\":[{\"listener\":\"internal\",\"host\":\"127.0.0.1\",\"port\":19092}],"
                                + "\"fenced\":true}",
                        "/cluster",
                        "{\"id\":\"" + node.image().clusterId() + "\",\"layout\":1}",
                        "/controller",
                        "{\"epoch\":1,\"version\":3,\"leader\":\"controller-0\",\"host\":\"localhost\",\"port\":19093}",
                        topic,
                        "{\"name\":\"orders\",\"partitions\":2,\"replicationFactor\":1,"
                                + "\"configs\":{\"retention.ms\":\"-1\"}}",
                        topic + "/partitions/0",
                        partition,
                        topic + "/partitions/1",
                        partition));
    }

    @Test
    void aDeletedTopicLeavesItsTombstoneOnly() throws Exception {
        await(node.createTopic(new CreateTopicRequest("orders", 2, 1, Map.of(), false)));
        await(node.deleteTopic("orders"));

        String id = node.image().deletedTopics().keySet().iterator().next().toString();
        assertThat(tree()).containsOnlyKeys("/brokers/0", "/cluster", "/controller", "/deleted-topics/" + id);
        assertThat(zooKeeper.client().getChildren().forPath("/millrace/topics")).isEmpty();
    }

    @Test
    void quotasLieUnderWhomTheyAreFor() throws Exception {
        set(
                QuotaEntity.ofUser(QuotaName.of("alice")),
                QuotaEntity.of(QuotaName.of("alice"), QuotaName.of("shop/web")),
                QuotaEntity.ofClientId(QuotaName.Default.NAME));
        reset(QuotaEntity.ofUser(QuotaName.of("alice")));

        assertThat(tree())
                .containsEntry(
                        "/quotas/users/alice/clients/shop%2Fweb", "{\"limits\":{\"producer_byte_rate\":1048576}}")
                .containsEntry("/quotas/clients/<default>", "{\"limits\":{\"producer_byte_rate\":1048576}}")
                .doesNotContainKey("/quotas/users/alice");
    }

    @Test
    void theLastQuotaTakesItsDirectoriesAlong() throws Exception {
        QuotaEntity entity = QuotaEntity.of(QuotaName.of("alice"), QuotaName.of("app"));
        set(entity);

        reset(entity);

        assertThat(zooKeeper.client().getChildren().forPath("/millrace/quotas")).isEmpty();
    }

    @Test
    void asManyAndAsLongNamesAsThereMayBeAreLoadedByTheNextController() throws Exception {
        set(IntStream.range(0, QuotaRules.NAMES_BYTES_MAX / QuotaRules.NAME_LENGTH_MAX)
                .mapToObj(i -> "/".repeat(QuotaRules.NAME_LENGTH_MAX - 4) + (1000 + i))
                .map(name -> QuotaEntity.ofUser(QuotaName.of(name)))
                .toArray(QuotaEntity[]::new));
        Quotas before = node.image().quotas();

        restart();

        assertThat(before.all()).hasSize(512);
        assertThat(node.image().quotas()).isEqualTo(before);
    }

    @Test
    void aTreeFromBeforeThereWereQuotasIsLoaded() throws Exception {
        node.close();
        zooKeeper.client().delete().forPath("/millrace/quotas");

        restart();
        set(QuotaEntity.ofUser(QuotaName.of("alice")));

        assertThat(node.image().brokers()).containsOnlyKeys(0);
        assertThat(tree()).containsKey("/quotas/users/alice");
    }

    private void restart() throws Exception {
        node.close();
        node = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
        awaitLead(node);
    }

    private void set(QuotaEntity... entities) throws Exception {
        alter(Stream.of(entities)
                .map(entity -> new Alteration(
                        entity, new TreeMap<>(Map.of(QuotaKind.PRODUCER_BYTE_RATE, 1_048_576.0)), new TreeSet<>()))
                .toList());
    }

    private void reset(QuotaEntity entity) throws Exception {
        alter(List.of(new Alteration(entity, new TreeMap<>(), new TreeSet<>(List.of(QuotaKind.PRODUCER_BYTE_RATE)))));
    }

    private void alter(List<Alteration> alterations) throws Exception {
        assertThat(await(node.alterQuotas(new AlterQuotasRequest(alterations, false))))
                .isEqualTo(Outcome.done(alterations.stream()
                        .map(alteration -> Outcome.done(alteration.entity()))
                        .toList()));
    }

    /** Every znode that says something, but for the candidates of the election. */
    private Map<String, String> tree() throws Exception {
        Map<String, String> tree = new TreeMap<>();
        collect(zooKeeper.client(), "/millrace", tree);
        return tree;
    }

    private static void collect(CuratorFramework client, String path, Map<String, String> tree) throws Exception {
        String text = new String(client.getData().forPath(path), UTF_8);
        if (!text.isEmpty() && !path.contains("/candidates/")) {
            tree.put(path.substring("/millrace".length()), text);
        }
        for (String child : client.getChildren().forPath(path)) {
            collect(client, path + "/" + child, tree);
        }
    }
}
