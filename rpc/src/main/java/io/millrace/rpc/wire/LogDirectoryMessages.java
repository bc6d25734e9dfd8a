package io.millrace.rpc.wire;

import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.internal.v1.DescribeLogDirectoriesRequest;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse.LogDirectory;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse.Replica;
import java.util.ArrayList;
import java.util.List;

/** The state of log directories as messages. */
public final class LogDirectoryMessages {
    private LogDirectoryMessages() {}

    /** The question. */
    public static DescribeLogDirectoriesRequest encode(BrokerAddressed to, LogDirectoryDetail detail) {
        return DescribeLogDirectoriesRequest.newBuilder()
                .setTo(to.encode())
                .setWithReplicas(detail == LogDirectoryDetail.REPLICAS)
                .build();
    }

    /** The question. */
    public static LogDirectoryDetail decode(DescribeLogDirectoriesRequest message) {
        return message.getWithReplicas() ? LogDirectoryDetail.REPLICAS : LogDirectoryDetail.SUMMARY;
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(DescribeLogDirectoriesRequest message) throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** The answer. */
    public static DescribeLogDirectoriesResponse encode(List<LogDirectoryStatus> directories) {
        DescribeLogDirectoriesResponse.Builder message = DescribeLogDirectoriesResponse.newBuilder();
        directories.forEach(directory -> message.addDirectories(encode(directory)));
        return message.build();
    }

    /** The answer. */
    public static List<LogDirectoryStatus> decode(DescribeLogDirectoriesResponse message)
            throws MalformedMessageException {
        List<LogDirectoryStatus> directories = new ArrayList<>(message.getDirectoriesCount());
        for (LogDirectory directory : message.getDirectoriesList()) {
            directories.add(decode(directory));
        }
        return directories;
    }

    private static LogDirectory encode(LogDirectoryStatus directory) {
        LogDirectory.Builder message = LogDirectory.newBuilder()
                .setBrokerId(directory.brokerId())
                .setPath(directory.path())
                .setPartitionCount(directory.partitionCount())
                .setLogBytes(directory.logBytes())
                .setUsableBytes(directory.usableBytes());
        directory.replicas().forEach(replica -> message.addReplicas(encode(replica)));
        String failure = directory.failure();
        return failure == null ? message.build() : message.setFailure(failure).build();
    }

    private static Replica encode(HeldReplica replica) {
        return Replica.newBuilder()
                .setPartition(Partitions.encode(replica.partition()))
                .setSizeBytes(replica.sizeBytes())
                .setLag(replica.lag())
                .build();
    }

    private static LogDirectoryStatus decode(LogDirectory message) throws MalformedMessageException {
        List<HeldReplica> replicas = new ArrayList<>(message.getReplicasCount());
        for (Replica replica : message.getReplicasList()) {
            replicas.add(new HeldReplica(
                    Partitions.decode(replica.getPartition()), replica.getSizeBytes(), replica.getLag()));
        }
        return new LogDirectoryStatus(
                message.getBrokerId(),
                message.getPath(),
                message.hasFailure() ? message.getFailure() : null,
                message.getPartitionCount(),
                message.getLogBytes(),
                message.getUsableBytes(),
                replicas);
    }
}
