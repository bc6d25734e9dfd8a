package io.millrace.controller.control;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The brokers of a {@link ControlWorld}, and what they say about the replicas of one topic. */
final class Replicas {
    static final String TOPIC = "orders";

    private final ControlWorld world;
    private final Map<Integer, BrokerRegistered> brokers = new TreeMap<>();

    Replicas(ControlWorld world) {
        this.world = world;
    }

    void start(int... ids) {
        for (int id : ids) {
            brokers.put(id, world.startBroker(id));
        }
    }

    /** The broker stops in order. */
    void stop(int id) {
        world.stopBroker(id, broker(id));
    }

    /** The same process is heard again. */
    void resume(int id) {
        ControlWorld.done(world.heartbeat(id, broker(id)));
    }

    /** Another process takes the broker's place, and has not caught up with the picture yet. */
    void restart(int id) {
        brokers.put(id, ControlWorld.done(world.register(id)));
    }

    /** The same, with these log directories. */
    void restart(int id, List<UUID> directories) {
        brokers.put(id, ControlWorld.done(world.register(id, directories)));
    }

    BrokerRegistered broker(int id) {
        BrokerRegistered broker = brokers.get(id);
        if (broker == null) {
            throw new IllegalArgumentException("Broker " + id + " was not started");
        }
        return broker;
    }

    PartitionImage partition() {
        return world.partition(TOPIC, 0);
    }

    /** The leader wishes for this in-sync set. */
    Outcome<PartitionChanged> alter(long highWatermark, Integer... inSync) {
        PartitionImage now = partition();
        return only(world.await(world.node()
                .alterPartitions(new AlterPartitionsRequest(
                        now.leader(), broker(now.leader()).brokerEpoch(), List.of(wish(now, highWatermark, inSync))))));
    }

    AlterPartitionsRequest.Part wish(PartitionImage now, long highWatermark, Integer... inSync) {
        List<Member> members = new ArrayList<>();
        for (int id : inSync) {
            members.add(new Member(id, broker(id).brokerEpoch()));
        }
        return new AlterPartitionsRequest.Part(
                now.topicId(), now.partition(), now.leaderEpoch(), now.partitionEpoch(), members, highWatermark);
    }

    Outcome<PartitionChanged> withdraw(int id, Reason reason) {
        return only(world.await(world.node()
                .withdrawReplicas(new WithdrawReplicasRequest(
                        id,
                        broker(id).brokerEpoch(),
                        reason,
                        List.of(new WithdrawReplicasRequest.Part(partition().topicId(), 0))))));
    }

    Outcome<PartitionChanged> reassign(Integer... target) {
        return reassignThrottled(Reassignment.UNLIMITED, target);
    }

    Outcome<PartitionChanged> reassignThrottled(long bytesPerSecond, Integer... target) {
        return reassign(0, Optional.of(List.of(target)), bytesPerSecond);
    }

    Outcome<PartitionChanged> reassignPartition(int number, List<Integer> target) {
        return reassign(number, Optional.of(target), Reassignment.UNLIMITED);
    }

    Outcome<PartitionChanged> cancel() {
        return reassign(0, Optional.empty(), Reassignment.UNLIMITED);
    }

    private Outcome<PartitionChanged> reassign(int number, Optional<List<Integer>> target, long bytesPerSecond) {
        return only(world.await(world.node()
                .reassignPartitions(new ReassignPartitionsRequest(
                        List.of(new ReassignPartitionsRequest.Part(new TopicPartition(TOPIC, number), target)),
                        bytesPerSecond))));
    }

    static Outcome<PartitionChanged> only(Outcome<List<Outcome<PartitionChanged>>> outcome) {
        return switch (outcome) {
            case Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> each) -> each.getFirst();
            case Outcome.Refused<List<Outcome<PartitionChanged>>>(Refusal refusal) -> Outcome.refused(refusal);
        };
    }

    static <T> Refusal refusalOf(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> throw new AssertionError("Not refused: " + value);
            case Outcome.Refused<T>(Refusal refusal) -> refusal;
        };
    }
}
