package io.millrace.core.environment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk as a log needs it. Nothing is durable before the sync that covers it: file contents and length by
 * {@link DiskFile#sync()}, names (creation, renaming, deletion) by {@link #syncDirectory(Path)}. After a loss of power
 * any subset of what was not synced may be there, torn anywhere.
 */
public interface Disk {
    /** Opens a file for reading and writing, creating it (not its directory) when absent. */
    DiskFile open(Path file) throws IOException;

    /**
     * Opens a file that only its writer reads, on threads that are never interrupted. The same as {@link #open} otherwise;
     * it may cost less.
     */
    default DiskFile openUnshared(Path file) throws IOException {
        return open(file);
    }

    /** Says whether a file or directory of that name is there. */
    boolean exists(Path path) throws IOException;

    /** The names (no paths) in a directory, sorted, so that no file system's order shows through. */
    List<String> list(Path directory) throws IOException;

    /** Creates a directory and the missing ones above it. */
    void createDirectories(Path directory) throws IOException;

    /** Renames a file or directory atomically, replacing a file of the target's name; never a directory that holds anything. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; does nothing when there is none. */
    void delete(Path path) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes that the file system of an existing path still has for this process. */
    long usableBytes(Path path) throws IOException;
}
