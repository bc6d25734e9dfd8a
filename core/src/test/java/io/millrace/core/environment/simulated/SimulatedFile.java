package io.millrace.core.environment.simulated;

import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file opened on a simulated disk; dead once the disk has lost power. */
final class SimulatedFile implements DiskFile {
    private final SimulatedDisk disk;
    private final Path path;
    private final SimulatedContent content;
    private final int boot;
    private boolean closed;

    SimulatedFile(SimulatedDisk disk, Path path, SimulatedContent content, int boot) {
        this.disk = disk;
        this.path = path;
        this.content = content;
        this.boot = boot;
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            requireOpen();
            return content.size();
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        synchronized (disk) {
            requireOpen();
            disk.beforeRead(path);
            int count = (int) Math.max(0, Math.min(into.remaining(), content.size() - position));
            into.put(content.bytes((int) Math.min(position, content.size()), count));
            return count;
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        synchronized (disk) {
            requireOpen();
            disk.perform(DiskOperation.WRITE, path, () -> {
                int wanted = from.remaining();
                long growth = Math.max(0, position + wanted - content.size());
                long refused = Math.max(0, growth - disk.usable());
                byte[] bytes = new byte[(int) Math.max(0, wanted - refused)];
                from.get(bytes);
                content.write(Math.toIntExact(position), bytes);
                if (refused > 0) {
                    throw disk.full(path);
                }
            });
        }
    }

    @Override
    public void write(ByteBuffer[] from, long position) throws IOException {
        long at = position;
        for (ByteBuffer buffer : from) {
            int size = buffer.remaining();
            write(buffer, at);
            at += size;
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        synchronized (disk) {
            requireOpen();
            if (size > content.size()) {
                throw new IllegalArgumentException("Cannot cut " + path + " to " + size + ": it is shorter");
            }
            disk.perform(DiskOperation.TRUNCATE, path, () -> content.truncate((int) size));
        }
    }

    @Override
    public void sync() throws IOException {
        synchronized (disk) {
            requireOpen();
            try {
                disk.perform(DiskOperation.SYNC, path, content::sync);
            } catch (InjectedFailureException e) {
                content.failSync();
                throw e;
            }
        }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(count, size() - position)));
        read(bytes, position);
        return to.write(bytes.flip());
    }

    @Override
    public void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private void requireOpen() throws IOException {
        disk.requirePower(boot);
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
