package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BrokerMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ManualClock clock = new ManualClock();
    private ClusterImage picture = ClusterImage.empty("cluster");
    private final BrokerMeters meters =
            BrokerMeters.in(registry, new BrokerMetricsProperties(2), clock, 1, () -> picture);
    private final BrokerReporter reporter = new BrokerReporter(meters);

    @Test
    void topicsAreCountedUnderTheNamesThatDashboardsForKafkaQuery() {
        reporter.appended(new TopicPartition("orders", 0), 80, 3);
        answer("orders", new Outcome.Done<>(new Appended(0, 2, -1, 0)));

        assertThat(registry.scrape())
                .contains(
                        "kafka_server_brokertopicmetrics_messagesin_total{topic=\"orders\"} 3.0",
                        "kafka_server_brokertopicmetrics_bytesin_total{topic=\"orders\"} 80.0",
                        "kafka_server_brokertopicmetrics_totalproducerequests_total{topic=\"orders\"} 1.0",
                        "kafka_server_brokertopicmetrics_failedproducerequests_total{topic=\"orders\"} 0.0",
                        "kafka_network_requestmetrics_requests_total{request=\"Produce\"} 1.0",
                        "kafka_network_requestmetrics_totaltimems{request=\"Produce\",quantile=\"0.99\"}",
                        "millrace_broker_append_seconds_count{outcome=\"done\"} 1");
    }

    @Test
    void aRefusalIsCountedWithItsReasonAndItsBytes() {
        answer("orders", Outcome.refused(new Refusal.NotLeader(new TopicPartition("orders", 0))));

        assertThat(registry.scrape())
                .contains(
                        "millrace_broker_refused_total{operation=\"append\",reason=\"not-leader\"} 1.0",
                        "kafka_server_brokertopicmetrics_failedproducerequests_total{topic=\"orders\"} 1.0",
                        "kafka_server_brokertopicmetrics_bytesrejected_total{topic=\"orders\"} " + batch().remaining()
                                + ".0",
                        "millrace_broker_append_seconds_count{outcome=\"refused\"} 1");
    }

    @Test
    void topicsBeyondTheLimitShareTheirSeries() {
        for (String topic : List.of("a", "b", "c", "d")) {
            reporter.appended(new TopicPartition(topic, 0), 10, 1);
        }

        assertThat(registry.scrape())
                .contains(
                        "kafka_server_brokertopicmetrics_messagesin_total{topic=\"a\"} 1.0",
                        "kafka_server_brokertopicmetrics_messagesin_total{topic=\"b\"} 1.0",
                        "kafka_server_brokertopicmetrics_messagesin_total{topic=\"(other)\"} 2.0")
                .doesNotContain("topic=\"c\"", "topic=\"d\"");
    }

    @Test
    void aTopicThatDoesNotExistMakesNoSeries() {
        answer("made-up", Outcome.refused(new Refusal.UnknownTopic("made-up")));

        assertThat(registry.scrape())
                .contains("kafka_server_brokertopicmetrics_failedproducerequests_total{topic=\"(other)\"} 1.0")
                .doesNotContain("made-up");
    }

    @Test
    void theSeriesOfADeletedTopicGoAndLeaveRoomForAnother() {
        reporter.appended(new TopicPartition("a", 0), 10, 1);
        reporter.appended(new TopicPartition("b", 0), 10, 1);

        reporter.deleted(new TopicPartition("a", 0));
        reporter.deleted(new TopicPartition("a", 1));
        reporter.appended(new TopicPartition("c", 0), 10, 1);

        assertThat(registry.scrape())
                .contains("kafka_server_brokertopicmetrics_messagesin_total{topic=\"c\"} 1.0")
                .doesNotContain("topic=\"a\"");
    }

    @Test
    void aBrokerServesForAsLongAsItsLeaseRuns() {
        assertThat(registry.scrape()).contains("kafka_server_kafkaserver_brokerstate 1.0");

        reporter.registered("cluster", 7);
        reporter.serving(true);
        reporter.leased(clock.nanoTime() + Duration.ofSeconds(9).toNanos());
        assertThat(registry.scrape())
                .contains(
                        "millrace_broker_epoch 7.0",
                        "millrace_broker_serving 1.0",
                        "millrace_broker_lease_remaining_seconds 9.0",
                        "kafka_server_kafkaserver_brokerstate 3.0");

        clock.advance(Duration.ofSeconds(10));
        assertThat(registry.scrape())
                .contains(
                        "millrace_broker_serving 0.0",
                        "millrace_broker_lease_remaining_seconds 0.0",
                        "kafka_server_kafkaserver_brokerstate 2.0");
    }

    @Test
    void damageIsCountedFromItsDiscoveryToItsRepair() {
        TopicPartition orders = new TopicPartition("orders", 0);
        reporter.verified(4_096);
        reporter.passEnded(4_096, 1, Duration.ofSeconds(3));
        reporter.damaged(orders, new LogDamage(7, Path.of("/data/orders-0/00000000000000000000.log"), 90, "A test."));
        reporter.damageKnown(orders, 1);

        assertThat(registry.scrape())
                .contains(
                        "millrace_log_damaged_ranges 1.0",
                        "millrace_log_damage_found_total 1.0",
                        "millrace_scrub_verified_bytes_total 4096.0",
                        "millrace_scrub_suspicions_total 1.0",
                        "millrace_scrub_passes_total 1.0",
                        "millrace_scrub_pass_duration_seconds 3.0");
        assertThat(meters.damage().partitions()).containsExactly("orders-0");

        reporter.damageKnown(orders, 0);
        reporter.keptAside(orders, 7, 20, 800);
        reporter.repaired(orders, 7, 20);

        assertThat(registry.scrape())
                .contains(
                        "millrace_log_damaged_ranges 0.0",
                        "millrace_log_quarantined_bytes_total 800.0",
                        "millrace_log_damage_repaired_total 1.0");
        assertThat(meters.damage().partitions()).isEmpty();
    }

    @Test
    void changesOfInSyncSetsAreCountedAsDashboardsForKafkaQueryThem() {
        TopicPartition orders = new TopicPartition("orders", 0);
        reporter.inSyncSetChanged(orders, 2, 0);
        reporter.inSyncSetChanged(orders, 0, 1);
        reporter.inSyncSetChanged(orders, 1, 1);
        reporter.inSyncChangeFailed(new Refusal.StaleEpoch("late"));

        assertThat(registry.scrape())
                .contains(
                        "kafka_server_replicamanager_isrshrinks_total 2.0",
                        "kafka_server_replicamanager_isrexpands_total 2.0",
                        "kafka_server_replicamanager_failedisrupdates_total 1.0");
    }

    @Test
    void theLagIsThatOfTheReplicaFurthestBehindAndEndsWhenItHasCaughtUp() {
        reporter.lags(new TopicPartition("orders", 0), 7);
        reporter.lags(new TopicPartition("orders", 1), 40);
        assertThat(registry.scrape()).contains("kafka_server_replicafetchermanager_maxlag{clientid=\"Replica\"} 40.0");

        reporter.lags(new TopicPartition("orders", 1), 0);
        assertThat(registry.scrape()).contains("kafka_server_replicafetchermanager_maxlag{clientid=\"Replica\"} 7.0");
    }

    @Test
    void whatReassignmentsMoveIsCountedAmongWhatIsReplicatedAndApart() {
        TopicPartition orders = new TopicPartition("orders", 0);
        reporter.replicated(orders, 100);
        reporter.sentToFollower(orders, 2, 10);
        picture = pictureWhereOrdersIsAddedTo(1);
        reporter.replicated(orders, 1_000);
        reporter.sentToFollower(orders, 2, 20);
        picture = pictureWhereOrdersIsAddedTo(2);
        reporter.replicated(orders, 10_000);
        reporter.sentToFollower(orders, 2, 40);

        assertThat(registry.scrape())
                .contains(
                        "kafka_server_brokertopicmetrics_replicationbytesin_total 11100.0",
                        "kafka_server_brokertopicmetrics_replicationbytesout_total 70.0",
                        "kafka_server_brokertopicmetrics_reassignmentbytesin_total 1000.0",
                        "kafka_server_brokertopicmetrics_reassignmentbytesout_total 40.0");
    }

    @Test
    void replicasThatLackWhatTheyMustHoldAreCounted() {
        TopicPartition orders = new TopicPartition("orders", 0);
        reporter.withdrawn(orders, "It ends at 3.");
        reporter.badRecords(orders, "A checksum is wrong.");
        reporter.cutBelowHighWatermark(orders, 7, 5);

        assertThat(registry.scrape())
                .contains(
                        "millrace_broker_replicas_withdrawn_total 1.0",
                        "millrace_broker_replicas_bad_records_total 1.0",
                        "millrace_broker_replicas_lost_committed_total 1.0");
    }

    private static ClusterImage pictureWhereOrdersIsAddedTo(int broker) {
        TopicId id = new TopicId(new UUID(0, 7));
        PartitionImage partition = new PartitionImage(
                id,
                0,
                List.of(1, 2),
                List.of(3 - broker),
                List.of(),
                3 - broker,
                0,
                0,
                0,
                new Reassignment(List.of(broker), List.of(), Reassignment.UNLIMITED));
        return ClusterImage.empty("cluster")
                .apply(new ClusterDelta(
                        1,
                        1,
                        List.of(
                                new MetadataChange.Put(new TopicRecord(id, "orders", 1, 2, Map.of())),
                                new MetadataChange.Put(partition))));
    }

    private void answer(String topic, Outcome<Appended> outcome) {
        AppendRequest.Part part =
                new AppendRequest.Part(new TopicPartition(topic, 0), AppendRequest.ANY_EPOCH, batch());
        reporter.appendAnswered(
                new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(1)),
                List.of(outcome),
                Duration.ofMillis(2));
    }

    private static ByteBuffer batch() {
        return SmallBatches.of(1_000, "a");
    }
}
