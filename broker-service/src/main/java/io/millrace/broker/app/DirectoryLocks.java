package io.millrace.broker.app;

import io.millrace.broker.storage.DirectoryContents;
import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a second process out of log directories. The operating system releases the locks when the process ends. */
final class DirectoryLocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLocks.class);
    private static final String FILE = ".lock";

    private final Disk disk;
    private final List<FileChannel> channels = new ArrayList<>();

    /**
     * Holds no lock yet.
     *
     * @param disk creates directories that are not there
     */
    DirectoryLocks(Disk disk) {
        this.disk = disk;
    }

    /**
     * Locks every directory that can be opened; one that cannot is left to the broker to find failed. Throws
     * IllegalStateException when another process has one of them.
     */
    void acquire(List<Path> directories) {
        for (Path directory : directories) {
            FileChannel channel = open(directory);
            if (channel != null) {
                channels.add(channel);
                lock(channel, directory);
            }
        }
    }

    private @Nullable FileChannel open(Path directory) {
        try {
            new DirectoryContents(disk, directory).createDirectory();
            return FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null;
        }
    }

    private static void lock(FileChannel channel, Path directory) {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            throw new IllegalStateException("Log directory " + directory + " cannot be locked: " + e.getMessage(), e);
        }
        if (lock == null) {
            throw new IllegalStateException(
                    "Log directory " + directory + " is in use by another process; two brokers never share one.");
        }
    }

    @Override
    public void close() {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("A lock ends with the process only", e);
            }
        }
        channels.clear();
    }
}
