package io.millrace.gateway.kafka.handler;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/** What a client may do, as bits by the number of each operation (KIP-430): everything, while nobody is asked who he is. */
public final class AuthorizedOperations {
    public static final int CLUSTER = bits(
            AclOperation.CREATE,
            AclOperation.ALTER,
            AclOperation.DESCRIBE,
            AclOperation.CLUSTER_ACTION,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS,
            AclOperation.IDEMPOTENT_WRITE);

    public static final int TOPIC = bits(
            AclOperation.READ,
            AclOperation.WRITE,
            AclOperation.CREATE,
            AclOperation.DELETE,
            AclOperation.ALTER,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS);

    private AuthorizedOperations() {}

    private static int bits(AclOperation... operations) {
        return List.of(operations).stream()
                .mapToInt(operation -> 1 << operation.code())
                .reduce(0, (all, bit) -> all | bit);
    }
}
