package io.millrace.core.environment.live;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A file behind a channel. Threads that use it must not be interrupted meanwhile: the JDK would close the channel under
 * all of them.
 */
final class ChannelFile implements DiskFile {
    /** What strerror says for ENOSPC and EDQUOT; the JDK passes on no error number. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private final Path path;
    private final FileChannel channel;

    ChannelFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int total = 0;
        while (into.hasRemaining()) {
            int count = channel.read(into, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
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
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return channel.transferTo(position, count, to);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    static IOException named(IOException e, Path path) {
        String message = String.valueOf(e.getMessage());
        return FULL.stream().anyMatch(message::contains)
                ? new DiskFullException("No space left for " + path, e)
                : new IOException(path + ": " + message, e);
    }
}
