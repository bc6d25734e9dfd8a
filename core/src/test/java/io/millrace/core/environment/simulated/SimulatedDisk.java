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

    }

    /** What a file holds as programs see it, or nothing; for onlookers: it never fails, and counts for nothing. */
    public synchronized Optional<ByteBuffer> peek(Path file) {
        return find(file) instanceof SimulatedContent content
                ? Optional.of(content.view())
                : Optional.empty();
    }

    /** The names in a directory, or none when there is no such; for onlookers as well. */
    public synchronized List<String> peekNames(Path directory) {
        return find(directory) instanceof SimulatedDirectory found ? found.names() : List.of();
