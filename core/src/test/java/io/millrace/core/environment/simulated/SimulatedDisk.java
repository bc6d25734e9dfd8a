package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.DiskFullException;
import io.millrace.core.environment.Randomness;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that takes the contract of {@link Disk} at its word: it loses whatever was not synced, as a
 * {@link PowerLoss} says, and what chance decides in that is fixed by a seed. Files are at most 2 GiB.
 */
public final class SimulatedDisk implements Disk {
    private final Randomness chance;
    private final SimulatedDirectory root = new SimulatedDirectory();
    private boolean powered = true;
    private int boot;
    private long operations;
    private long cutPowerAfter = Long.MAX_VALUE;
    private long capacityBytes = Long.MAX_VALUE;
    private @Nullable Fault fault;
    private Runnable powerCut = () -> {};
    private boolean damaged;

    public SimulatedDisk(long seed) {
        this.chance = new SeededRandomness(seed);
    }

    private record Fault(DiskOperation operation, String pathEnd) {}

    /** An operation that changes something. */
    interface Effect {
        void run() throws IOException;
    }

    /** How many operations changed something, or synced, so far. */
    public synchronized long operations() {
        return operations;
    }

    /** Cuts the power right after the operation of that number, counted as {@link #operations()} does. */
    public synchronized void cutPowerAfter(long operation) {
        cutPowerAfter = operation;
    }

    /** Is run as soon as the power is cut: whoever used the disk is dead by then. */
    public synchronized void whenPowerIsCut(Runnable action) {
        powerCut = action;
    }

    /** Loses power now, if it was on, and comes up again with what is left; files opened before are dead. */
    public synchronized void restart(PowerLoss loss) {
        root.losePower(loss, chance);
        powered = true;
        cutPowerAfter = Long.MAX_VALUE;
        fault = null;
        boot++;
    }

    /** Makes the next operation of the kind on a path that ends so fail as a broken medium does. */
    public synchronized void failNext(DiskOperation operation, String pathEnd) {
        fault = new Fault(operation, pathEnd);
    }

    /** Forgets a failure that was asked for and has not come yet. */
    public synchronized void failNoMore() {
        fault = null;
    }

    /** Lets the files of the whole disk have at most so many bytes. */
    public synchronized void limitTo(long bytes) {
        capacityBytes = bytes;
    }

    /** Bytes of all files. */
    public synchronized long usedBytes() {
        return bytesIn(root);
    }

    /** All files that hold anything, sorted, whether the power is on or not. */
    public synchronized List<Path> filledFiles() {
        List<Path> files = new ArrayList<>();
        collectFilled(root, Path.of("/"), files);
        return files;
    }

    private static void collectFilled(SimulatedDirectory directory, Path path, List<Path> into) {
        for (String name : directory.names()) {
            switch (directory.get(name)) {
                case SimulatedContent content when content.size() > 0 -> into.add(path.resolve(name));
                case SimulatedDirectory inner -> collectFilled(inner, path.resolve(name), into);
                case null, default -> {}
            }
        }
    }

    /** Bytes of a file. */
    public synchronized int sizeOf(Path file) throws IOException {
        if (!(find(file) instanceof SimulatedContent content)) {
            throw new FileNotFoundException(file.toString());
        }
        return content.size();
    }

    /** What a file holds as programs see it, or nothing; for onlookers: it never fails, and counts for nothing. */
    public synchronized Optional<ByteBuffer> peek(Path file) {
        return find(file) instanceof SimulatedContent content ? Optional.of(content.view()) : Optional.empty();
    }

    /** The same as it was written: without the bits that have flipped since. */
    public synchronized Optional<ByteBuffer> peekAsWritten(Path file) {
        return find(file) instanceof SimulatedContent content ? Optional.of(content.asWritten()) : Optional.empty();
    }

    /** The names in a directory, or none when there is no such; for onlookers as well. */
    public synchronized List<String> peekNames(Path directory) {
        return find(directory) instanceof SimulatedDirectory found ? found.names() : List.of();
    }

    /** What a loss of power would leave of a file at worst, without bits that have flipped; or nothing. */
    public synchronized Optional<ByteBuffer> peekDurable(Path file) {
        return findDurable(file) instanceof SimulatedContent content
                ? Optional.of(content.durableAsWritten())
                : Optional.empty();
    }

    /** The names that a loss of power would leave in a directory at worst; for onlookers as well. */
    public synchronized List<String> peekDurableNames(Path directory) {
        return findDurable(directory) instanceof SimulatedDirectory found ? found.durableNames() : List.of();
    }

    /** Damages the medium. */
    public synchronized void flipBit(Path file, int position, int bit) throws IOException {
        if (!(find(file) instanceof SimulatedContent content)) {
            throw new FileNotFoundException(file.toString());
        }
        content.flipBit(position, bit);
        damaged = true;
    }

    /** Whether bits of a file have flipped since they were written. */
    public synchronized boolean hasFlippedBits(Path file) {
        return find(file) instanceof SimulatedContent content && content.hasFlippedBits();
    }

    /** Whether any bit has ever flipped. */
    public synchronized boolean wasDamaged() {
        return damaged;
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        requirePower(boot);
        SimulatedNode node = find(file);
        if (node instanceof SimulatedDirectory) {
            throw new IOException(file + " is a directory");
        }
        if (node instanceof SimulatedContent content) {
            return new SimulatedFile(this, file, content, boot);
        }
        SimulatedContent created = new SimulatedContent();
        SimulatedDirectory parent = parentOf(file);
        perform(DiskOperation.CREATE, file, () -> parent.put(nameOf(file), created));
        return new SimulatedFile(this, file, created, boot);
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        requirePower(boot);
        return find(path) != null;
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        requirePower(boot);
        return directoryAt(directory).names();
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        requirePower(boot);
        SimulatedDirectory at = root;
        for (Path name : directory) {
            SimulatedDirectory parent = at;
            SimulatedNode node = parent.get(name.toString());
            if (node instanceof SimulatedContent) {
                throw new IOException(name + " in " + directory + " is a file");
            }
            if (node instanceof SimulatedDirectory existing) {
                at = existing;
            } else {
                SimulatedDirectory created = new SimulatedDirectory();
                perform(DiskOperation.CREATE, directory, () -> parent.put(name.toString(), created));
                at = created;
            }
        }
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        SimulatedNode node = find(from);
        if (node == null) {
            throw new FileNotFoundException(from.toString());
        }
        if (find(to) instanceof SimulatedDirectory there && !there.names().isEmpty()) {
            throw new DirectoryNotEmptyException(to.toString());
        }
        SimulatedDirectory source = parentOf(from);
        SimulatedDirectory target = parentOf(to);
        perform(DiskOperation.RENAME, from, () -> {
            if (source == target) {
                source.rename(nameOf(from), nameOf(to));
            } else {
                target.put(nameOf(to), node);
                source.remove(nameOf(from));
            }
        });
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        requirePower(boot);
        SimulatedNode node = find(path);
        if (node instanceof SimulatedDirectory directory && !directory.names().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        if (node != null) {
            SimulatedDirectory parent = parentOf(path);
            perform(DiskOperation.DELETE, path, () -> parent.remove(nameOf(path)));
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        SimulatedDirectory synced = directoryAt(directory);
        try {
            perform(DiskOperation.SYNC_DIRECTORY, directory, synced::sync);
        } catch (InjectedFailureException e) {
            synced.failSync();
            throw e;
        }
    }

    @Override
    public synchronized long usableBytes(Path path) {
        return usable();
    }

    long usable() {
        return capacityBytes == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, capacityBytes - usedBytes());
    }

    DiskFullException full(Path path) {
        return new DiskFullException("No space left for " + path);
    }

    void requirePower(int expectedBoot) throws IOException {
        if (!powered || boot != expectedBoot) {
            throw new PowerIsOffException();
        }
    }

    void beforeRead(Path path) throws IOException {
        failIfAsked(DiskOperation.READ, path);
    }

    void perform(DiskOperation operation, Path path, Effect effect) throws IOException {
        requirePower(boot);
        failIfAsked(operation, path);
        try {
            effect.run();
        } finally {
            operations++;
            if (powered && operations >= cutPowerAfter) {
                powered = false;
                powerCut.run();
            }
        }
    }

    private void failIfAsked(DiskOperation operation, Path path) throws IOException {
        if (fault != null && fault.operation() == operation && path.toString().endsWith(fault.pathEnd())) {
            fault = null;
            throw new InjectedFailureException(operation, path);
        }
    }

    private @Nullable SimulatedNode find(Path path) {
        SimulatedNode at = root;
        for (Path name : path) {
            at = at instanceof SimulatedDirectory directory ? directory.get(name.toString()) : null;
        }
        return at;
    }

    private @Nullable SimulatedNode findDurable(Path path) {
        SimulatedNode at = root;
        for (Path name : path) {
            at = at instanceof SimulatedDirectory directory ? directory.getDurable(name.toString()) : null;
        }
        return at;
    }

    private SimulatedDirectory directoryAt(Path path) throws IOException {
        requirePower(boot);
        if (find(path) instanceof SimulatedDirectory directory) {
            return directory;
        }
        throw new FileNotFoundException(path + " is no directory");
    }

    private SimulatedDirectory parentOf(Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null ? root : directoryAt(parent);
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static long bytesIn(SimulatedNode node) {
        return switch (node) {
            case SimulatedContent content -> content.size();
            case SimulatedDirectory directory -> {
                long sum = 0;
                for (String name : directory.names()) {
                    SimulatedNode child = directory.get(name);
                    sum += child == null ? 0 : bytesIn(child);
                }
                yield sum;
            }
        };
    }
}
