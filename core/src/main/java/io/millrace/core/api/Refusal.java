package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;

/** Why a request was refused. The message is a full sentence for the person at the other end, with the numbers in it. */
public sealed interface Refusal {
    /** What is wrong, in words. */
    String message();

    /** No such topic. */
    record UnknownTopic(String topic) implements Refusal {
        @Override
        public String message() {
            return "There is no topic '" + topic + "'.";
        }
    }

    /** The topic has no such partition. */
    record UnknownPartition(TopicPartition partition, int partitionCount) implements Refusal {
        @Override
        public String message() {
            return "Topic '" + partition.topic() + "' has " + partitionCount
                    + " partitions, numbered from 0; there is no " + partition.partition() + ".";
        }
    }

    /** No such broker. */
    record UnknownBroker(int brokerId) implements Refusal {
        @Override
        public String message() {
            return "There is no broker " + brokerId + ".";
        }
    }

    /** A topic of that name is there already. */
    record TopicExists(String topic, String message) implements Refusal {
        public TopicExists(String topic) {
            this(topic, "Topic '" + topic + "' already exists.");
        }
    }

    /** An illegal topic name. */
    record InvalidTopicName(String name, String message) implements Refusal {}

    /** An impossible number of partitions. */
    record InvalidPartitionCount(String message) implements Refusal {}

    /** An impossible number of replicas. */
    record InvalidReplicationFactor(String message) implements Refusal {}

    /** Replicas that were asked for on brokers where they cannot be. */
    record InvalidReplicaAssignment(String message) implements Refusal {}

    /** An unknown config name or an illegal value. */
    record InvalidConfig(String name, String message) implements Refusal {}

    /** A request that makes no sense, whatever the state of the cluster. */
    record InvalidRequest(String message) implements Refusal {}

    /** A part of the contract that is not on offer (yet), so that relying on it would be a mistake. */
    record Unsupported(String message) implements Refusal {}

    /** A record or batch is larger than a limit. */
    record TooLarge(long sizeBytes, long limitBytes, String message) implements Refusal {}

    /** A batch whose bytes are damaged: its CRC or structure does not hold. */
    record CorruptBatch(String message) implements Refusal {}

    /** A batch that is whole but not allowed, for example with a wrong record count. */
    record InvalidBatch(String message) implements Refusal {}

    /** A producer's batch that leaves a gap behind its last one: something between them did not arrive (KIP-98). */
    record OutOfOrderSequence(String message) implements Refusal {}

    /** A producer's batch that is stored and committed already, so long ago that nobody knows where. */
    record DuplicateSequence(String message) implements Refusal {}

    /** A producer's batch of an epoch that a later one has replaced (KIP-98). */
    record InvalidProducerEpoch(String message) implements Refusal {}

    /** A compression codec that is not known or not allowed. */
    record UnsupportedCompression(String message) implements Refusal {}

    /** A position outside the log. */
    record OffsetOutOfRange(TopicPartition partition, long offset, long logStartOffset, long logEndOffset)
            implements Refusal {
        @Override
        public String message() {
            return "Offset " + offset + " is outside partition " + partition + ", which has offsets from "
                    + logStartOffset + " up to, not including, " + logEndOffset + ".";
        }
    }

    /** The partition has no leader that can be reached now; worth trying again. */
    record LeaderNotAvailable(TopicPartition partition, String message) implements Refusal {
        public LeaderNotAvailable(TopicPartition partition) {
            this(partition, "Partition " + partition + " has no leader at the moment.");
        }
    }

    /** The broker asked does not lead the partition (any more); ask again after a look at the picture. */
    record NotLeader(TopicPartition partition) implements Refusal {
        @Override
        public String message() {
            return "This broker does not lead partition " + partition + ".";
        }
    }

    /** The sender's epoch is not the current one: an old one is fenced, a newer one is not known here yet. */
    record StaleEpoch(String message) implements Refusal {}

    /** Too few in-sync replicas to take the append. */
    record NotEnoughReplicas(TopicPartition partition, int inSync, int minInSync) implements Refusal {
        @Override
        public String message() {
            return "Partition " + partition + " has " + inSync + " in-sync replicas; min.insync.replicas is "
                    + minInSync + ".";
        }
    }

    /** A replica that cannot be in sync, or lead, now: it is fenced, or another incarnation than the one meant. */
    record IneligibleReplica(String message) implements Refusal {}

    /** The election would change nothing. */
    record ElectionNotNeeded(String message) implements Refusal {}

    /** No replica that may be elected is alive. */
    record NoEligibleLeader(String message) implements Refusal {}

    /** There is no reassignment to cancel. */
    record NoReassignmentInProgress(String message) implements Refusal {}

    /** The log directory of the partition has failed and takes part in nothing until the broker is started again. */
    record StorageFailed(String message) implements Refusal {}

    /** The answer did not come in time; what was asked may or may not have happened, or happen yet. */
    record TimedOut(String message) implements Refusal {}

    /** A limit of this process is reached for the moment; worth trying again. */
    record Overloaded(String message, long retryAfterMillis) implements Refusal {}

    /** No controller decides at the moment; worth trying again. */
    record ControllerNotAvailable(String message) implements Refusal {}

    /**
     * Another process is registered under the broker's id and was heard lately. If that one has stopped, its place is free
     * within a lease; worth trying again for so long.
     */
    record BrokerIdInUse(int brokerId, String message) implements Refusal {}

    /** The broker's registration contradicts the cluster, as one of another cluster id does; trying again is pointless. */
    record RegistrationRefused(String message) implements Refusal {}

    /** The process is about to stop. */
    record ShuttingDown(String message) implements Refusal {}
}
