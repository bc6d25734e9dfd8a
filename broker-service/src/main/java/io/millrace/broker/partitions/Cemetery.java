package io.millrace.broker.partitions;

import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.PartitionDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the files of deleted topics and of replicas that were removed out of sight, and deletes them when the grace period is over. Runs where blocking is allowed. */
record Cemetery(PartitionHall hall) {
    void bury(LocalPartition partition) {
        bury(partition.home(), partition.directory());
    }

    void bury(LogDirectory home, PartitionDirectory directory) {
        if (home.isFailed()) {
            return;
        }
        try {
            deleteLater(home, home.contents().bury(directory));
            home.replicas().forget(directory.topicId(), directory.partition().partition());
        } catch (IOException e) {
            home.fail("Partition " + directory.partition() + " could not be moved for deletion", e);
        }
    }

    /** What an earlier run buried gets a whole grace period again: nobody knows how much of it has passed. */
    void adopt(LogDirectory home) {
        if (home.isFailed()) {
            return;
        }
        try {
            home.contents().buried().forEach(buried -> deleteLater(home, buried));
        } catch (IOException e) {
            home.fail("Deleted partitions could not be listed", e);
        }
    }

    private void deleteLater(LogDirectory home, Path buried) {
        hall.control().schedule(hall.deletionGrace(), () -> hall.blocking().execute(() -> delete(home, buried)));
    }

    private static void delete(LogDirectory home, Path buried) {
        if (home.isFailed()) {
            return;
        }
        try {
            home.contents().delete(buried);
        } catch (IOException e) {
            home.fail("Deleted partition " + buried + " could not be removed", e);
        }
    }
}
