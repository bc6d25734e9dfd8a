package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.system.client.Attempt;
import io.millrace.system.client.Door;
import io.millrace.system.client.Grpc;
import io.millrace.system.client.GrpcDoor;
import io.millrace.system.client.Load;
import io.millrace.system.client.Recording;
import io.millrace.system.client.Rest;
import io.millrace.system.client.RestDoor;
import io.millrace.system.client.Tail;
import io.millrace.system.cluster.Await;
import io.millrace.system.cluster.Cluster;
import io.millrace.v1.Partition;
import io.millrace.v1.ReplicaDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A topic of a cluster that is written to and read all the time, through all gateways in turn. */
final class Traffic implements AutoCloseable {
    /** For processes that start on a machine that has other things to do. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String topic;
    private final int partitions;
    private final Recording recording;
    private final List<Grpc> gateways;
    private final List<Door> doors;
    private final Load load;
    private final Tail tail;

    private Traffic(Plan plan, List<Grpc> gateways, List<Door> doors) {
        this.topic = plan.topic();
        this.partitions = plan.partitions();
        this.gateways = gateways;
        this.doors = doors;
        this.recording = new Recording(topic, partitions);
        this.load = Load.start(recording, doors, plan.pace());
        this.tail = Tail.start(recording, doors);
    }

    /**
     * What is to be written to.
     *
     * @param replicas of each partition
     * @param patience how long clients wait for an answer before they give up not knowing
     */
    record Plan(String topic, int partitions, int replicas, Load.Pace pace, Duration patience) {
        /** A topic of three replicas, of which two are enough. */
        static Plan replicated(String topic, int partitions) {
            return new Plan(topic, partitions, 3, Load.Pace.BRISK, Duration.ofSeconds(30));
        }

        /** A topic of one replica. */
        static Plan single(String topic, int partitions) {
            return new Plan(topic, partitions, 1, Load.Pace.BRISK, Duration.ofSeconds(30));
        }

        Plan with(Load.Pace other, Duration otherPatience) {
            return new Plan(topic, partitions, replicas, other, otherPatience);
        }
    }

    /** Creates a topic and returns when records flow in all its partitions, through all gateways, over gRPC and REST. */
    static Traffic start(Cluster cluster, Plan plan) {
        List<Grpc> gateways = cluster.gateways().stream()
                .map(each -> Grpc.to(each.grpcPort(), plan.patience()))
                .toList();
        gateways.getFirst().createTopic(plan.topic(), plan.partitions(), plan.replicas());
        gateways.forEach(
                each -> Await.until("a gateway to serve " + plan.topic(), LIMIT, () -> each.isServed(plan.topic())));
        List<Door> doors = new ArrayList<>(gateways.stream().map(GrpcDoor::new).toList());
        cluster.gateways().forEach(each -> doors.add(new RestDoor(new Rest(each.restPort(), plan.patience()))));
        Traffic traffic = new Traffic(plan, gateways, doors);
        traffic.awaitFlow();
        return traffic;
    }

    /** The first gateway. */
    Grpc gateway() {
        return gateways.getFirst();
    }

    /** Partitions that this broker leads, by the picture of the first gateway. */
    List<Integer> ledBy(int broker) {
        return gateway().partitionsLedBy(broker, topic);
    }

    /** All other partitions. */
    List<Integer> except(List<Integer> some) {
        return IntStream.range(0, partitions)
                .boxed()
                .filter(partition -> !some.contains(partition))
                .toList();
    }

    /** Waits until every partition has taken a record that was sent from now on. */
    void awaitFlow() {
        awaitFlow(except(List.of()));
    }

    /** Waits until these partitions have taken a record that was sent from now on. */
    void awaitFlow(List<Integer> some) {
        awaitFlowAt(System.nanoTime(), some, LIMIT);
    }

    /** Waits until every partition has taken a record that was sent so much later than now. */
    void awaitFlowIn(Duration time) {
        awaitFlowAt(System.nanoTime() + time.toNanos(), except(List.of()), time.plus(LIMIT));
    }

    /** Waits until every partition has a leader and so many replicas in sync, in the pictures of all gateways. */
    void awaitAllInSync(int replicas, Duration limit) {
        awaitInSync(except(List.of()), replicas, limit);
    }

    /** Waits until these partitions have a leader and so many replicas in sync, in the pictures of all gateways. */
    void awaitInSync(List<Integer> some, int replicas, Duration limit) {
        for (Grpc gateway : gateways) {
            Await.until(
                    replicas + " replicas of partitions " + some + " of " + topic + " to be in sync",
                    limit,
                    () -> gateway.partitions(topic),
                    all -> some.stream().map(all::get).allMatch(partition -> isLed(partition, replicas)));
        }
    }

    private static boolean isLed(Partition partition, int replicas) {
        return partition.getLeader() >= 0
                && partition.getReplicaDetailsList().stream()
                                .filter(ReplicaDetail::getInSync)
                                .count()
                        == replicas;
    }

    /** Reads everything from the beginning, as far as it can be read now. */
    void readOnce() {
        recording.readOnce(gateway());
    }

    /** Waits until the reader has come as far as the writers are now. */
    void awaitReaders() {
        long stored = load.stored();
        Await.until("the reader to see " + stored + " records", LIMIT, tail::size, size -> size >= stored);
    }

    /** Ends the traffic, and fails unless every promise was kept; returns what the writers experienced. */
    Load settle() {
        finish().judge();
        return load;
    }

    /** Ends the traffic and reads everything once more; whether every promise was kept is still to be judged. */
    Recording finish() {
        load.stop();
        awaitReaders();
        tail.close();
        recording.readFinally(gateway());
        return recording;
    }

    /** Ends the traffic of a cluster that is not there any more. */
    Recording broken() {
        close();
        return recording;
    }

    /** What the writers experienced so far. */
    Load load() {
        return load;
    }

    /** Fails unless nobody noticed anything. */
    void settleUndisturbed(Duration longestSilence) {
        assertThat(settle().failures()).isEmpty();
        requireNoGap(longestSilence);
    }

    /**
     * Fails unless nobody was refused. What becomes of a record may be unknown: a lead that goes back to the preferred replica
     * does not wait for what is on its way there.
     */
    void settleUnrefused(Duration longestSilence) {
        assertThat(settle().failures()).allMatch(attempt -> attempt.fate() instanceof Attempt.Fate.Unknown);
        requireNoGap(longestSilence);
    }

    private void requireNoGap(Duration longestSilence) {
        assertThat(tail.failures()).isEmpty();
        except(List.of())
                .forEach(partition -> assertThat(load.longestSilence(partition))
                        .as("silence of partition %d", partition)
                        .isLessThan(longestSilence));
    }

    @Override
    public void close() {
        load.close();
        tail.close();
        doors.forEach(Door::close);
    }

    private void awaitFlowAt(long nanos, List<Integer> some, Duration limit) {
        for (int partition : some) {
            Await.until(
                    "partition " + partition + " of " + topic + " to take records",
                    limit,
                    () -> load.latest(partition),
                    latest -> latest.isPresent()
                            && latest.get().isStored()
                            && latest.get().sentNanos() - nanos > 0);
        }
    }
}
