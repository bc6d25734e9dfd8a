package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Brokers that replicate one partition as the real ones do, but for their delays: records are numbers, a log is a list of them.
 * The picture of the controller decides who leads; whatever happens, whoever it lists as in sync or eligible has to hold
 * every record that was acknowledged.
 */
final class ReplicaModel {
    private static final List<Integer> BROKERS = List.of(1, 2, 3, 4, 5);
    private static final TopicPartition PARTITION = new TopicPartition(Replicas.TOPIC, 0);

    private final Random random;
    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);
    private final Map<Integer, List<Integer>> logs = new TreeMap<>();
    private final Set<Integer> unconfessed = new TreeSet<>();
    private List<Integer> acknowledged = List.of();
    private int records;
    private int disks;
    private int minInsync = 2;
    private int highWatermark;
    private int epochStart;
    private int elections;
    private boolean lossConfessed;

    ReplicaModel(long seed) {
        random = new Random(seed);
        for (int id : BROKERS) {
            logs.put(id, new ArrayList<>());
        }
        replicas.start(1, 2, 3, 4, 5);
        world.createTopic(Replicas.TOPIC, 1, 3);
    }

    /** One thing happens, and then everything has to be right. */
    void step() {
        PartitionImage before = replicas.partition();
        lossConfessed = false;
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> append();
            case 3, 4, 5, 6 -> replicate();
            case 7, 8 -> alter();
            case 9, 10 -> stop(any(BROKERS));
            case 11, 12, 13 -> comeBack(any(BROKERS));
            case 14 -> withdrawDamaged();
            case 15 -> reassign();
            case 16 -> configure();
            default -> elect();
        }
        acknowledge(before);
        check(before, replicas.partition());
    }

    /** How often the partition got another leader. */
    int elections() {
        return elections;
    }

    /** How many records were acknowledged. */
    int acknowledged() {
        return acknowledged.size();
    }

    private void append() {
        int leader = replicas.partition().leader();
        if (leader != PartitionImage.NO_LEADER) {
            log(leader).add(++records);
        }
    }

    private void replicate() {
        PartitionImage now = replicas.partition();
        int follower = any(now.replicas());
        if (now.leader() == PartitionImage.NO_LEADER || follower == now.leader() || isFenced(follower)) {
            return;
        }
        List<Integer> from = log(now.leader());
        List<Integer> to = log(follower);
        int common = common(from, to);
        to.subList(common, to.size()).clear();
        to.addAll(from.subList(common, common + random.nextInt(from.size() - common + 1)));
    }

    /** The leader takes out who it likes, and takes in who has caught up. */
    private void alter() {
        PartitionImage now = replicas.partition();
        if (now.leader() == PartitionImage.NO_LEADER) {
            return;
        }
        List<Integer> members = new ArrayList<>();
        for (int id : now.replicas()) {
            boolean stays = now.inSyncReplicas().contains(id) && random.nextInt(4) > 0;
            boolean joins = !now.inSyncReplicas().contains(id) && !isFenced(id) && hasCaughtUp(now.leader(), id);
            if (id == now.leader() || stays || joins) {
                members.add(id);
            }
        }
        done(replicas.alter(highWatermark, members.toArray(Integer[]::new)));
    }

    private boolean hasCaughtUp(int leader, int follower) {
        List<Integer> log = log(follower);
        return common(log(leader), log) == log.size() && log.size() >= Math.max(highWatermark, epochStart);
    }

    /** A broker stops; now and then its disk does not keep what it promised. */
    private void stop(int id) {
        if (isFenced(id)) {
            return;
        }
        replicas.stop(id);
        if (random.nextInt(8) == 0 && !log(id).isEmpty()) {
            List<Integer> log = log(id);
            log.subList(random.nextInt(log.size()), log.size()).clear();
            unconfessed.add(id);
        }
    }

    /** A broker is there again, as it went or started anew; it confesses before it may lead, unless a whole disk is gone. */
    private void comeBack(int id) {
        if (!isFenced(id)) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> startWithAnEmptyDisk(id);
            case 1, 2, 3 -> replicas.restart(id, directoriesOf(id));
            default -> {} // the same process is heard again
        }
        if (unconfessed.remove(id)) {
            lossConfessed = true;
            done(replicas.withdraw(id, Reason.AMNESIA));
        }
        replicas.resume(id);
    }

    /** The controller sees for itself that a disk is missing, if it knew of one. */
    private void startWithAnEmptyDisk(int id) {
        boolean knew = !directoriesOf(id).isEmpty();
        log(id).clear();
        lossConfessed = true;
        replicas.restart(id, List.of(new UUID(id, ++disks)));
        if (knew) {
            unconfessed.remove(id);
        } else {
            unconfessed.add(id);
        }
    }

    private void withdrawDamaged() {
        int id = any(replicas.partition().replicas());
        if (isFenced(id)) {
            return;
        }
        PartitionImage after = done(replicas.withdraw(id, Reason.DAMAGED)).partition();
        if (!after.holdsAllCommitted(id) && !log(id).isEmpty()) {
            List<Integer> log = log(id);
            log.subList(random.nextInt(log.size()), log.size()).clear();
        }
    }

    private void reassign() {
        if (random.nextInt(3) == 0) {
            replicas.cancel();
            return;
        }
        Set<Integer> target = new LinkedHashSet<>();
        int size = 1 + random.nextInt(3);
        while (target.size() < size) {
            target.add(any(BROKERS));
        }
        replicas.reassign(target.toArray(Integer[]::new));
    }

    private void configure() {
        minInsync = 1 + random.nextInt(3);
        Map<String, String> configs = Map.of("min.insync.replicas", Integer.toString(minInsync));
        done(world.await(world.node()
                .alterTopicConfigs(new AlterTopicConfigsRequest(Replicas.TOPIC, configs, List.of(), false))));
    }

    /** Mostly clean; an unclean election loses what its leader does not hold, and says so. */
    private void elect() {
        Kind kind = random.nextBoolean() ? Kind.UNCLEAN : Kind.PREFERRED;
        Outcome<PartitionChanged> outcome = Replicas.only(
                world.await(world.node().electLeaders(new ElectLeadersRequest(kind, List.of(PARTITION)))));
        if (kind == Kind.UNCLEAN && outcome instanceof Outcome.Done<PartitionChanged>(PartitionChanged changed)) {
            List<Integer> log = log(changed.partition().leader());
            acknowledged = List.copyOf(log.subList(0, common(log, acknowledged)));
            lossConfessed = true;
        }
    }

    /** The leader of the picture does what leaders do at once: it moves its high watermark if it may. */
    private void acknowledge(PartitionImage before) {
        PartitionImage now = replicas.partition();
        if (now.leaderEpoch() != before.leaderEpoch()) {
            elections++;
            // A new leader knows less of the watermark than the one before did.
            highWatermark = random.nextInt(acknowledged.size() + 1);
            epochStart = now.leader() == PartitionImage.NO_LEADER
                    ? 0
                    : log(now.leader()).size();
        }
        if (now.leader() == PartitionImage.NO_LEADER || now.inSyncReplicas().size() < minInsync) {
            return;
        }
        List<Integer> log = log(now.leader());
        int held = now.inSyncReplicas().stream()
                .mapToInt(id -> common(log, log(id)))
                .min()
                .orElse(0);
        assertHolds(log.subList(0, held), "what the in-sync set holds");
        highWatermark = Math.max(highWatermark, held);
        acknowledged = List.copyOf(log.subList(0, held));
    }

    private void check(PartitionImage before, PartitionImage now) {
        Set<Integer> holders = new TreeSet<>(now.inSyncReplicas());
        holders.addAll(now.eligibleReplicas());
        assertThat(now.replicas()).doesNotHaveDuplicates().containsAll(holders);
        assertThat(holders)
                .hasSize(now.inSyncReplicas().size() + now.eligibleReplicas().size());
        assertThat(now.leader()).isIn(leaders(now));
        assertThat(now.eligibleReplicas().isEmpty() || now.inSyncReplicas().size() < minInsync)
                .as("nobody is eligible beside an in-sync set that is large enough")
                .isTrue();
        if (now.leader() != PartitionImage.NO_LEADER) {
            assertThat(now.inSyncReplicas()).noneMatch(this::isFenced);
        }
        for (int id : holders) {
            if (!unconfessed.contains(id)) {
                assertHolds(log(id), "the log of broker " + id);
            }
        }
        if (holders.isEmpty() && before.replicas().stream().anyMatch(before::holdsAllCommitted)) {
            assertThat(lossConfessed).as("only who confesses leaves nobody").isTrue();
        }
        assertThat(now.committedFloor()).isLessThanOrEqualTo(acknowledged.size());
        checkEpochs(before, now);
    }

    private void assertHolds(List<Integer> log, String what) {
        assertThat(common(log, acknowledged))
                .as("records of %s that were acknowledged", what)
                .isEqualTo(acknowledged.size());
    }

    private List<Integer> leaders(PartitionImage now) {
        List<Integer> leaders = new ArrayList<>(now.inSyncReplicas());
        boolean somebodyCould = now.replicas().stream().anyMatch(id -> now.holdsAllCommitted(id) && !isFenced(id));
        if (!somebodyCould) {
            leaders.add(PartitionImage.NO_LEADER);
        }
        return leaders;
    }

    private static void checkEpochs(PartitionImage before, PartitionImage now) {
        if (now.equals(before)) {
            return;
        }
        assertThat(now.partitionEpoch()).isGreaterThan(before.partitionEpoch());
        if (now.leader() == before.leader()) {
            assertThat(now.leaderEpoch()).isGreaterThanOrEqualTo(before.leaderEpoch());
        } else {
            assertThat(now.leaderEpoch()).isGreaterThan(before.leaderEpoch());
        }
    }

    private List<UUID> directoriesOf(int id) {
        BrokerImage broker = world.image().brokers().get(id);
        return broker == null ? List.of() : broker.directoryIds();
    }

    private boolean isFenced(int id) {
        BrokerImage broker = world.image().brokers().get(id);
        return broker == null || broker.fenced();
    }

    private List<Integer> log(int id) {
        return logs.getOrDefault(id, List.of());
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static int common(List<Integer> one, List<Integer> other) {
        return IntStream.range(0, Math.min(one.size(), other.size()))
                .filter(i -> !one.get(i).equals(other.get(i)))
                .findFirst()
                .orElse(Math.min(one.size(), other.size()));
    }
}
