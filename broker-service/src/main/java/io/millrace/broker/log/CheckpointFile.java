package io.millrace.broker.log;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file {@code log-checkpoint}: two slots, a line of text each, of which the valid one with the higher number counts.
 * A write goes to the slot that is not known to be durable, so that a torn write leaves the former state; it needs no
 * other file and no directory sync. Confined to the partition's event loop, but for the file that it names for syncing.
 */
final class CheckpointFile implements AutoCloseable {
    static final String NAME = "log-checkpoint";

    /** Apart enough that no disk writes both slots at once. */
    private static final int SLOT_BYTES = 4096;

    private static final int LINE_BYTES_MAX = 256;
    private static final Pattern LINE = Pattern.compile(
            "(1 number=(\\d+) log-start=(\\d+) recovery-point=(\\d+) clean-end=(-?\\d+) clean-bytes=(\\d+)) crc=([0-9a-f]{8})\n");

    private final DiskFile file;
    private Optional<Checkpoint> latest = Optional.empty();
    private long number;
    private int freeSlot;
    private int lastSlot = -1;
    private boolean readNotSynced;

    private CheckpointFile(DiskFile file) {
        this.file = file;
    }

    static CheckpointFile open(Disk disk, Path directory) throws IOException {
        CheckpointFile checkpoint = new CheckpointFile(disk.openUnshared(directory.resolve(NAME)));
        checkpoint.readSlot(0);
        checkpoint.readSlot(1);
        checkpoint.readNotSynced = checkpoint.latest.isPresent();
        return checkpoint;
    }

    /** What was written last, if anything whole. */
    Optional<Checkpoint> latest() {
        return latest;
    }

    DiskFile file() {
        return file;
    }

    /** Counts the writes: what {@link #synced} wants to know. */
    long number() {
        return number;
    }

    /** Says whether the last write is not known to be durable. */
    boolean isUnsynced() {
        return lastSlot == freeSlot;
    }

    /** Writes without making it durable: any sync of the file that begins later does. */
    void write(Checkpoint checkpoint) throws IOException {
        if (readNotSynced) {
            file.sync();
            readNotSynced = false;
        }
        number++;
        latest = Optional.of(checkpoint);
        String content = "1 number=%d log-start=%d recovery-point=%d clean-end=%d clean-bytes=%d"
                .formatted(
                        number,
                        checkpoint.logStartOffset(),
                        checkpoint.recoveryPoint(),
                        checkpoint.cleanEndOffset(),
                        checkpoint.cleanBytes());
        byte[] line = (content + " crc=" + crcOf(content) + "\n").getBytes(StandardCharsets.US_ASCII);
        file.write(ByteBuffer.wrap(line), (long) freeSlot * SLOT_BYTES);
        lastSlot = freeSlot;
    }

    /** Writes and makes it durable. */
    void writeThrough(Checkpoint checkpoint) throws IOException {
        write(checkpoint);
        file.sync();
        synced(number);
    }

    /** A sync that began when {@link #number()} was this has succeeded. */
    void synced(long syncedNumber) {
        if (syncedNumber == number && lastSlot == freeSlot) {
            freeSlot = 1 - lastSlot;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void readSlot(int slot) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LINE_BYTES_MAX);
        file.read(bytes, (long) slot * SLOT_BYTES);
        Matcher line = LINE.matcher(StandardCharsets.US_ASCII.decode(bytes.flip()));
        if (line.lookingAt() && crcOf(line.group(1)).equals(line.group(7)) && Long.parseLong(line.group(2)) > number) {
            number = Long.parseLong(line.group(2));
            latest = Optional.of(new Checkpoint(
                    Long.parseLong(line.group(3)),
                    Long.parseLong(line.group(4)),
                    Long.parseLong(line.group(5)),
                    Long.parseLong(line.group(6))));
            freeSlot = 1 - slot;
        }
    }

    private static String crcOf(String content) {
        CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
