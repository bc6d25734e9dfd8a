package io.millrace.broker.node;

import io.millrace.broker.storage.DirectoryOwner;
import io.millrace.broker.storage.LogDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes sure that the log directories are this broker's. Runs where blocking is allowed. */
record DirectoryOwnership(int brokerId, List<LogDirectory> directories) {
    /** Creates what is missing; returns the cluster id that the directories carry, or null when all of them are new. Throws
     * IllegalStateException when they are not this broker's. */
    @Nullable
    String clusterId() {
        String clusterId = null;
        for (LogDirectory directory : directories) {
            Optional<DirectoryOwner> owner = read(directory);
            if (owner.isEmpty()) {
                continue;
            }
            if (owner.get().brokerId() != brokerId) {
                throw new IllegalStateException("Log directory " + directory.path() + " belongs to broker "
                        + owner.get().brokerId() + "; this is broker " + brokerId + ".");
            }
            if (clusterId != null && !clusterId.equals(owner.get().clusterId())) {
                throw new IllegalStateException("Log directory " + directory.path() + " belongs to cluster "
                        + owner.get().clusterId() + ", another one to cluster " + clusterId + ".");
            }
            clusterId = owner.get().clusterId();
        }
        if (directories.stream().allMatch(LogDirectory::isFailed)) {
            throw new IllegalStateException("None of the log directories works. "
                    + directories.getFirst().path() + ": "
                    + directories.getFirst().failure());
        }
        return clusterId;
    }

    private static Optional<DirectoryOwner> read(LogDirectory directory) {
        try {
            directory.contents().createDirectory();
            return DirectoryOwner.of(directory.disk(), directory.path());
        } catch (IOException e) {
            directory.fail("It could not be opened", e);
            return Optional.empty();
        }
    }

    /** Marks new directories as this broker's. */
    void claim(String clusterId) {
        for (LogDirectory directory : directories) {
            if (!directory.isFailed() && read(directory).isEmpty()) {
                try {
                    new DirectoryOwner(clusterId, brokerId).claim(directory.disk(), directory.path());
                } catch (IOException e) {
                    directory.fail("It could not be marked as broker " + brokerId + "'s", e);
                }
            }
        }
    }
}
