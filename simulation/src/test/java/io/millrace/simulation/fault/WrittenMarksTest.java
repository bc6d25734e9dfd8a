package io.millrace.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import io.millrace.core.records.RecordBatch;
import io.millrace.simulation.cluster.SimBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrittenMarksTest {
    private static final TopicId TOPIC = new TopicId(new UUID(1, 2));
    private static final Path LOG = SimBroker.DATA.resolve("orders-1");
    private static final Path FIRST = LOG.resolve("00000000000000000000.log");
    private static final Path SECOND = LOG.resolve("00000000000000000004.log");
    private static final PartitionImage PARTITION =
            new PartitionImage(TOPIC, 1, List.of(0), List.of(0), List.of(), 0, 0, 0, 0, null);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final WrittenMarks marks = new WrittenMarks(disk);
    private int bytesOfSecond;

    @BeforeEach
    void two_segments_end_at_4_and_9() throws IOException {
        disk.createDirectories(LOG);
        write(FIRST, batch(0, 4));
        bytesOfSecond = batch(4, 3).remaining();
        write(SECOND, batch(4, 3), batch(7, 2), ByteBuffer.allocate(100));
    }

    @Test
    void batches_that_end_before_the_mark_are_vouched_for() throws IOException {
        writeDown(TOPIC + " 1 3 8");

        assertThat(marks.vouchedBytes(FIRST, PARTITION)).isEqualTo(disk.sizeOf(FIRST));
        assertThat(marks.vouchedBytes(SECOND, PARTITION)).isEqualTo(bytesOfSecond);
    }

    @Test
    void zeros_behind_the_last_batch_are_not() throws IOException {
        writeDown(TOPIC + " 1 9 9");

        assertThat(marks.vouchedBytes(SECOND, PARTITION)).isEqualTo(disk.sizeOf(SECOND) - 100);
    }

    @Test
    void nothing_is_vouched_for_of_which_nothing_is_written_down() throws IOException {
        writeDown(TOPIC + " 0 9 9");

        assertThat(marks.vouchedBytes(FIRST, PARTITION)).isZero();
    }

    @Test
    void a_mark_that_a_loss_of_power_would_take_does_not_count() throws IOException {
        write(SimBroker.DATA.resolve("replica-checkpoint"), text(TOPIC + " 1 9 9"));

        assertThat(marks.vouchedBytes(FIRST, PARTITION)).isZero();
    }

    private static ByteBuffer batch(long baseOffset, int records) {
        String[] values = new String[records];
        Arrays.fill(values, "value");
        RecordBatch batch = RecordBatch.at(SmallBatches.of(1, values));
        batch.assign(baseOffset, 0);
        return batch.buffer();
    }

    private void writeDown(String line) throws IOException {
        Path file = SimBroker.DATA.resolve("replica-checkpoint");
        write(file, text(line));
        try (DiskFile written = disk.open(file)) {
            written.sync();
        }
        disk.syncDirectory(SimBroker.DATA);
        disk.syncDirectory(Path.of("/"));
    }

    private static ByteBuffer text(String line) {
        return ByteBuffer.wrap(("version=1\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void write(Path path, ByteBuffer... parts) throws IOException {
        try (DiskFile file = disk.open(path)) {
            for (ByteBuffer part : parts) {
                file.write(part, file.size());
            }
        }
    }
}
