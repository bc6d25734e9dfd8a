package io.millrace.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that holds all that a standalone Millrace keeps; one process at a time owns it. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Creates the directory if need be and takes it, or says in words who has it. */
    static DataDirectory take(Path root) throws StartFailure {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            FileChannel lockFile =
                    FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new StartFailure("Another Millrace is using " + absolute
                        + "; stop it, or choose another directory with --data.");
            }
            return new DataDirectory(absolute, lockFile);
        } catch (IOException e) {
            throw new StartFailure("Cannot use " + absolute + " as data directory: " + e.getMessage());
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    Path zooKeeper() {
        return root.resolve("zookeeper");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path processLog() {
        return root.resolve("millrace.log");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
