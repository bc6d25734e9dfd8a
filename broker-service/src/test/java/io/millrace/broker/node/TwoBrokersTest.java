package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records on their way from one real broker to another, and what becomes of them when the leader changes. */
class TwoBrokersTest {
    private static final TopicId ID = new TopicId(new UUID(0, 7));

    private StagedCluster controller = new StagedCluster();

    @BeforeEach
    void newCluster() {
        controller = new StagedCluster();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsAcknowledgedByAllIsInTheFollowersLogByteForByte(long seed) throws IOException {
        TwoBrokers brokers = started(seed);

        assertThat(brokers.append(0, Acks.ALL, "a", "b")).isInstanceOf(Outcome.Done.class);

        assertThat(logOf(brokers, 1)).isEqualTo(logOf(brokers, 0));
        assertThat(logOf(brokers, 0).remaining()).isPositive();
        assertThat(statusOf(brokers, 0).highWatermark()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAppendToAllIsNotAcknowledgedWhileTheFollowerIsCutOff(long seed) {
        TwoBrokers brokers = started(seed);
        brokers.cut();

        var answer = brokers.node(0).append(TwoBrokers.request(Acks.ALL, "a"));
        brokers.pass(Duration.ofSeconds(2));
        assertThat(answer).isNotDone();

        brokers.connect();
        assertThat(brokers.await(answer).getFirst()).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theUnreplicatedTailOfAnOldLeaderIsCutAndReplaced(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        brokers.append(0, Acks.ALL, "a", "b");
        brokers.cut();
        assertThat(brokers.append(0, Acks.LEADER, "lost", "lost too")).isInstanceOf(Outcome.Done.class);

        lead(1, 1, List.of(1));
        brokers.settle();
        assertThat(brokers.append(1, Acks.LEADER, "c")).isInstanceOf(Outcome.Done.class);
        brokers.connect();
        brokers.pass(Duration.ofSeconds(3));

        assertThat(logOf(brokers, 0)).isEqualTo(logOf(brokers, 1));
        lead(1, 1, List.of(1, 0));
        brokers.settle();
        assertThat(brokers.append(1, Acks.ALL, "d")).isInstanceOf(Outcome.Done.class);
        assertThat(valuesOf(brokers, 1, 0)).containsExactly("a", "b", "c", "d");
        assertThat(logOf(brokers, 0)).isEqualTo(logOf(brokers, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCutIsWrittenDownSoonSoThatACrashBehindItIsNoLoss(long seed) {
        TwoBrokers brokers = started(seed);
        brokers.append(0, Acks.ALL, "a", "b");
        brokers.cut();
        brokers.append(0, Acks.LEADER, "lost", "lost too");
        brokers.pass(Duration.ofSeconds(5));
        assertThat(brokers.writtenDown(0, ID).orElseThrow().durableEnd()).isEqualTo(4);

        lead(1, 1, List.of(1));
        brokers.connect();
        brokers.pass(Duration.ofSeconds(3));

        assertThat(brokers.writtenDown(0, ID).orElseThrow().durableEnd()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatRetentionDropsAtTheLeaderGoesAtTheFollowerToo(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        controller.change(new MetadataChange.Put(
                new TopicRecord(ID, "orders", 1, 2, Map.of("min.insync.replicas", "2", "retention.ms", "1000"))));
        brokers.append(0, Acks.ALL, "a", "b");

        brokers.pass(TwoBrokers.RETENTION_INTERVAL.plusSeconds(1));

        assertThat(brokers.disk(0).exists(TwoBrokers.log(0))).isFalse();
        assertThat(brokers.disk(1).exists(TwoBrokers.log(0))).isFalse();
        assertThat(brokers.append(0, Acks.ALL, "c")).isInstanceOf(Outcome.Done.class);
        lead(1, 1, List.of(1, 0));
        brokers.settle();
        assertThat(brokers.append(1, Acks.ALL, "d")).isInstanceOf(Outcome.Done.class);
        assertThat(statusOf(brokers, 1).logStartOffset()).isEqualTo(2);
        assertThat(valuesOf(brokers, 1, 2)).containsExactly("c", "d");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aReplicaThatAReassignmentAddsIsBuiltNoFasterThanItMay(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        controller.change(new MetadataChange.Put(new PartitionImage(
                ID, 0, List.of(0, 1), List.of(0), List.of(), 0, 0, 1, 0, new Reassignment(List.of(1), List.of(), 10))));
        brokers.append(0, Acks.LEADER, "a");
        brokers.pass(Duration.ofSeconds(1));
        assertThat(logOf(brokers, 1)).isEqualTo(logOf(brokers, 0));

        brokers.append(0, Acks.LEADER, "b");
        brokers.pass(Duration.ofSeconds(3));
        assertThat(logOf(brokers, 1).remaining()).isLessThan(logOf(brokers, 0).remaining());

        brokers.pass(Duration.ofSeconds(10));
        assertThat(logOf(brokers, 1)).isEqualTo(logOf(brokers, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFollowerServesWhatIsCommittedToThoseWhoTakeAnyReplicaAndToNobodyElse(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        brokers.append(0, Acks.ALL, "a", "b");
        brokers.pass(Duration.ofSeconds(1));

        assertThat(valuesIn(brokers.await(brokers.node(1).fetch(fetch(0, 0, ServedBy.ANY_REPLICA)))))
                .containsExactly("a", "b");
        assertThat(refusalOf(brokers.await(brokers.node(1).fetch(fetch(0, 0, ServedBy.LEADER)))))
                .isInstanceOf(Refusal.NotLeader.class);
        assertThat(refusalOf(brokers.await(brokers.node(1).fetch(fetch(3, 0, ServedBy.ANY_REPLICA)))))
                .isInstanceOf(Refusal.OffsetOutOfRange.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoWaitsAtAFollowerHearsOfARecordAsSoonAsItIsKnownToBeCommittedThere(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        var answer = brokers.node(1).fetch(fetch(0, 1, ServedBy.ANY_REPLICA));
        brokers.pass(Duration.ofSeconds(1));
        assertThat(answer).isNotDone();

        brokers.append(0, Acks.ALL, "a");
        brokers.pass(Duration.ofSeconds(1));

        assertThat(answer).isDone();
        assertThat(valuesIn(answer.join())).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAppendThatBeganUnderTheOldLeaderIsAcknowledgedWhenItIsCommittedUnderTheNewOne(long seed) throws IOException {
        TwoBrokers brokers = started(seed);
        controller.change(new MetadataChange.Put(
                new TopicRecord(ID, "orders", 1, 2, Map.of("min.insync.replicas", "2", "durability", "page-cache"))));
        brokers.settle();
        var answer = brokers.node(0).append(TwoBrokers.request(Acks.ALL, "a"));
        while (logOf(brokers, 1).remaining() == 0) {
            brokers.step();
        }
        brokers.cut();
        lead(1, 1, List.of(1, 0));
        brokers.settle();
        assertThat(answer).isNotDone();

        brokers.connect();
        brokers.pass(Duration.ofSeconds(3));

        assertThat(answer.join().getFirst()).isInstanceOf(Outcome.Done.class);
        assertThat(valuesOf(brokers, 1, 0)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAppendThatTheNewLeaderDoesNotHaveIsNotAcknowledged(long seed) {
        TwoBrokers brokers = started(seed);
        brokers.append(0, Acks.ALL, "a");
        brokers.cut();
        var answer = brokers.node(0).append(TwoBrokers.request(Acks.ALL, "lost"));
        brokers.settle();

        lead(1, 1, List.of(1));
        brokers.connect();
        brokers.pass(Duration.ofSeconds(3));

        assertThat(refusalOf(answer.join())).isInstanceOf(Refusal.TimedOut.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoseAppendIsNotSettledUnderTheNewLeaderWaitsNoLongerThanHeSaid(long seed) {
        TwoBrokers brokers = started(seed);
        brokers.cut();
        var answer = brokers.node(0).append(TwoBrokers.request(Acks.ALL, "a"));
        brokers.settle();
        lead(1, 1, List.of(1));
        brokers.pass(Duration.ofSeconds(19));
        assertThat(answer).isNotDone();

        brokers.pass(Duration.ofSeconds(2));

        assertThat(refusalOf(answer.join())).isInstanceOf(Refusal.TimedOut.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoWaitsAtAFollowerIsSentAwayWhenAnotherBrokerLeads(long seed) {
        TwoBrokers brokers = started(seed);
        var answer = brokers.node(1).fetch(fetch(0, 1, ServedBy.ANY_REPLICA));
        brokers.settle();

        lead(1, 1, List.of(1, 0));
        brokers.settle();

        assertThat(refusalOf(answer.join())).isInstanceOf(Refusal.NotLeader.class);
    }

    private TwoBrokers started(long seed) {
        TwoBrokers brokers = new TwoBrokers(seed, controller);
        brokers.await(brokers.node(0).start(SimulatedBroker.ENDPOINTS));
        brokers.await(brokers.node(1).start(SimulatedBroker.ENDPOINTS));
        controller.change(
                new MetadataChange.Put(new TopicRecord(ID, "orders", 1, 2, Map.of("min.insync.replicas", "2"))),
                new MetadataChange.Put(new PartitionImage(ID, 0, List.of(0, 1), List.of(0, 1), 0, 0, 0)));
        brokers.settle();
        return brokers;
    }

    private void lead(int leader, int epoch, List<Integer> inSync) {
        int partitionEpoch =
                controller.image().partition(TwoBrokers.ORDERS).orElseThrow().partitionEpoch() + 1;
        controller.change(new MetadataChange.Put(
                new PartitionImage(ID, 0, List.of(0, 1), inSync, leader, epoch, partitionEpoch)));
    }

    private static PartitionStatus statusOf(TwoBrokers brokers, int node) {
        Outcome<PartitionStatus> status = brokers.await(
                        brokers.node(node).describe(new DescribePartitionsRequest(List.of(TwoBrokers.ORDERS))))
                .getFirst();
        return ((Outcome.Done<PartitionStatus>) status).value();
    }

    private static List<String> valuesOf(TwoBrokers brokers, int node, long offset) throws IOException {
        return valuesIn(brokers.await(brokers.node(node).fetch(fetch(offset, 0, ServedBy.LEADER))));
    }

    private static FetchRequest fetch(long offset, int minBytes, ServedBy servedBy) {
        return new FetchRequest(
                List.of(new FetchRequest.Part(TwoBrokers.ORDERS, AppendRequest.ANY_EPOCH, offset, 1 << 20)),
                minBytes,
                1 << 20,
                minBytes == 0 ? Duration.ZERO : Duration.ofMinutes(1),
                IsolationLevel.READ_UNCOMMITTED,
                servedBy);
    }

    private static List<String> valuesIn(List<Outcome<Fetched>> outcomes) throws IOException {
        return SmallBatches.valuesIn(
                ((Outcome.Done<Fetched>) outcomes.getFirst()).value().records().read());
    }

    private static <A> Refusal refusalOf(List<Outcome<A>> outcomes) {
        return ((Outcome.Refused<A>) outcomes.getFirst()).refusal();
    }

    private static ByteBuffer logOf(TwoBrokers brokers, int node) throws IOException {
        try (DiskFile file = brokers.disk(node).open(TwoBrokers.log(0))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return bytes.flip();
        }
    }
}
