package io.millrace.system.cluster;

import java.io.IOException;
import java.util.OptionalInt;

/**
 * A controller process.
 *
 * @param managementPort on the loopback interface
 */
public record Controller(ServerProcess process, int managementPort) {
    private static final String EPOCH = "millrace_controller_epoch";

    /** The epoch under which it decides; empty while it stands by or does not answer. */
    public OptionalInt epoch() throws InterruptedException {
        try {
            return Management.at(managementPort).metric(EPOCH).stream()
                    .mapToInt(value -> (int) value)
                    .filter(epoch -> epoch >= 0)
                    .findFirst();
        } catch (IOException silent) {
            return OptionalInt.empty();
        }
    }
}
