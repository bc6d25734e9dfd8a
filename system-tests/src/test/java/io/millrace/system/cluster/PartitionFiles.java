package io.millrace.system.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The files of one replica, behind the back of its broker.
 *
 * @param directory of the partition, in a log directory
 */
public record PartitionFiles(Path directory) {
    /** Of the replica that this broker has of the partition. */
    public static PartitionFiles of(Broker broker, String topic, int partition) {
        return new PartitionFiles(broker.data().resolve(topic + "-" + partition));
    }

    /** The bytes of the log from its beginning to its end, however it is cut into segments. */
    public byte[] log() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Path segment : named(".log")) {
            bytes.write(Files.readAllBytes(segment));
        }
        return bytes.toByteArray();
    }

    /** Changes one bit of the log, somewhere in its first so many bytes. Returns where, in words. */
    public String flipBit(Random chance, int within) throws IOException {
        Path segment = named(".log").getFirst();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            int at = chance.nextInt((int) Math.min(within, file.length()));
            int bit = chance.nextInt(Byte.SIZE);
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ (1 << bit));
            return "bit " + bit + " of byte " + at + " in " + segment;
        }
    }

    /** Whether the broker has kept something aside that it found damaged. */
    public boolean hasDamagedParts() throws IOException {
        return !named(".damaged").isEmpty();
    }

    private List<Path> named(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
