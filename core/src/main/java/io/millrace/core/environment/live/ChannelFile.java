package io.millrace.core.environment.live;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file behind one channel or two. The JDK closes a channel under every thread as soon as one thread is interrupted while
 * it uses it. Readers of a shared file may be threads of anybody, so they have a channel of their own, which is opened for
 * the first of them, and anew after such an accident. Threads that write, cut or sync, and those that read a file that is
 * not shared, must not be interrupted.
 */
final class ChannelFile implements DiskFile {
    /** What strerror says for ENOSPC and EDQUOT; the JDK passes on no error number. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private final Path path;
    private final FileChannel channel;
    private final boolean shared;
    private final @Nullable Object identity;
    private @Nullable FileChannel readChannel;

    ChannelFile(Path path, FileChannel channel, boolean shared) throws IOException {
        this.path = path;
        this.channel = channel;
        this.shared = shared;
        this.identity = identityOf(path);
    }

    /** Something done with the channel of the readers. */
    private interface Reading {
        long with(FileChannel from) throws IOException;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        return (int) reading(from -> {
            into.position(start);
            int count = 0;
            while (into.hasRemaining() && count >= 0) {
                count = from.read(into, position + into.position() - start);
            }
            return (long) into.position() - start;
        });
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return reading(from -> from.transferTo(position, count, to));
    }

    private long reading(Reading reading) throws IOException {
        while (true) {
            FileChannel from = readers();
            try {
                return reading.with(from);
            } catch (ClosedByInterruptException itWasThisThread) {
                throw itWasThisThread;
            } catch (ClosedChannelException e) {
                if (from.isOpen() || !channel.isOpen()) {
                    throw e;
                }
            }
        }
    }

    private FileChannel readers() throws IOException {
        return shared ? sharedReaders() : channel;
    }

    private synchronized FileChannel sharedReaders() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        FileChannel present = readChannel;
        if (present == null && !hasItsName()) {
            return channel; // renamed or deleted before anybody read it, so that nobody writes it any more
        }
        if (present == null || !present.isOpen()) {
            if (!hasItsName()) {
                throw new NoSuchFileException(path.toString(), null, "another file has its name now");
            }
            present = FileChannel.open(path, StandardOpenOption.READ);
            readChannel = present;
        }
        return present;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        long at = position;
        try {
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            throw named(e, path);
        }
    }

    @Override
    public void write(ByteBuffer[] from, long position) throws IOException {
        long remaining = 0;
        for (ByteBuffer buffer : from) {
            remaining += buffer.remaining();
        }
        try {
            channel.position(position);
            while (remaining > 0) {
                remaining -= channel.write(from);
            }
        } catch (IOException e) {
            throw named(e, path);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        if (size > channel.size()) {
            throw new IllegalArgumentException("Cannot cut " + path + " to " + size + ": it is shorter");
        }
        channel.truncate(size);
    }

    /** Without the times of access and change, that is fdatasync: the length is among what is made durable. */
    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (readChannel != null) {
                readChannel.close();
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private boolean hasItsName() throws IOException {
        try {
            return Objects.equals(identityOf(path), identity);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The inode, where the file system has such. */
    private static @Nullable Object identityOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    static IOException named(IOException e, Path path) {
        String message = String.valueOf(e.getMessage());
        return FULL.stream().anyMatch(message::contains)
                ? new DiskFullException("No space left for " + path, e)
                : new IOException(path + ": " + message, e);
    }
}
