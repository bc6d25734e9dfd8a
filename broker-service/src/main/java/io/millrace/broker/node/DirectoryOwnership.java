package io.millrace.broker.node;

import io.millrace.broker.storage.DirectoryOwner;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.core.environment.Randomness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes sure that the log directories are this broker's. Runs where blocking is allowed. */
record DirectoryOwnership(int brokerId, List<LogDirectory> directories, Randomness randomness) {
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
            String here = owner.get().clusterId();
            if (clusterId != null && here != null && !clusterId.equals(here)) {
                throw new IllegalStateException("Log directory " + directory.path() + " belongs to cluster " + here
                        + ", another one to cluster " + clusterId + ".");
            }
            clusterId = here == null ? clusterId : here;
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

    /**
     * The ids of the directories that work, after {@link #clusterId()}; one that has none gets it, durably, so that what a
     * registration lists is there at the next start. A directory that could not be opened is not listed: what it holds
     * counts as lost until the broker reads it again. Throws IllegalStateException when two carry the same id.
     */
    List<UUID> directoryIds() {
        Map<UUID, LogDirectory> byId = new LinkedHashMap<>();
        for (LogDirectory directory : directories) {
            UUID id = directory.isFailed() ? null : directoryId(directory);
            LogDirectory other = id == null ? null : byId.put(id, directory);
            if (other != null) {
                throw new IllegalStateException("Log directories " + other.path() + " and " + directory.path()
                        + " carry the same id: one is a copy of the other. Take one of them away.");
            }
        }
        return new ArrayList<>(byId.keySet());
    }

    private @Nullable UUID directoryId(LogDirectory directory) {
        Optional<DirectoryOwner> owner = read(directory);
        if (directory.isFailed()) {
            return null;
        }
        UUID present = owner.map(DirectoryOwner::directoryId).orElse(null);
        if (present != null) {
            return present;
        }
        UUID minted = randomness.nextUuid();
        return write(directory, owner.orElse(unclaimed()).withDirectoryId(minted)) ? minted : null;
    }

    private DirectoryOwner unclaimed() {
        return new DirectoryOwner(null, brokerId, null);
    }

    /** Marks new directories as this broker's. */
    void claim(String clusterId) {
        for (LogDirectory directory : directories) {
            Optional<DirectoryOwner> owner = directory.isFailed() ? Optional.empty() : read(directory);
            if (!directory.isFailed() && owner.map(DirectoryOwner::clusterId).isEmpty()) {
                write(directory, owner.orElse(unclaimed()).withClusterId(clusterId));
            }
        }
    }

    private boolean write(LogDirectory directory, DirectoryOwner owner) {
        try {
            owner.claim(directory.disk(), directory.path());
            return true;
        } catch (IOException e) {
            directory.fail("It could not be marked as broker " + brokerId + "'s", e);
            return false;
        }
    }
}
