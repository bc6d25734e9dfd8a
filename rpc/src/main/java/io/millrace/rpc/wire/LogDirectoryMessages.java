package io.millrace.rpc.wire;

import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.internal.v1.DescribeLogDirectoriesRequest;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse;
import io.millrace.internal.v1.DescribeLogDirectoriesResponse.LogDirectory;
import java.util.List;

/** The state of log directories as messages. */
public final class LogDirectoryMessages {
    private LogDirectoryMessages() {}

    /** The question. */
    public static DescribeLogDirectoriesRequest encode(BrokerAddressed to) {
        return DescribeLogDirectoriesRequest.newBuilder().setTo(to.encode()).build();
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
    public static List<LogDirectoryStatus> decode(DescribeLogDirectoriesResponse message) {
        return message.getDirectoriesList().stream()
                .map(LogDirectoryMessages::decode)
                .toList();
    }

    private static LogDirectory encode(LogDirectoryStatus directory) {
        LogDirectory.Builder message = LogDirectory.newBuilder()
                .setBrokerId(directory.brokerId())
                .setPath(directory.path())
                .setPartitionCount(directory.partitionCount())
                .setLogBytes(directory.logBytes())
                .setUsableBytes(directory.usableBytes());
        String failure = directory.failure();
        return failure == null ? message.build() : message.setFailure(failure).build();
    }

    private static LogDirectoryStatus decode(LogDirectory message) {
        return new LogDirectoryStatus(
                message.getBrokerId(),
                message.getPath(),
                message.hasFailure() ? message.getFailure() : null,
                message.getPartitionCount(),
                message.getLogBytes(),
                message.getUsableBytes());
    }
}
