package io.millrace.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.DecompressionLimitException;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DecompressionRoomTest {
    private static final int LIMIT = 1 << 20;

    private final DecompressionRoom room = new DecompressionRoom(LIMIT);

    @Test
    void hasRoomForFourBatchesOfTheLargestSize() {
        // Given
        RecordBatch large = RecordBatch.at(batch(LIMIT - 100));
        List<DecompressionRoom.OpenBatch> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(Objects.requireNonNull(room.open(large)));
        }

        // When / Then
        assertThat(room.open(large)).isNull();
        open.forEach(DecompressionRoom.OpenBatch::close);
        assertThat(room.used()).isZero();
        assertThat(room.open(large)).isNotNull();
    }

    @Test
    void aBatchThatShrankAsUsualTakesLittleRoom() {
        RecordBatch usual = RecordBatch.at(batch(100));

        assertThat(room.open(usual)).isNotNull();
        assertThat(room.used()).isEqualTo(8L * usual.sizeInBytes());
    }

    @Test
    void aBatchThatNeverHasRoomIsRefusedAndTakesNone() {
        RecordBatch bomb = RecordBatch.at(batch(LIMIT + 1));

        assertThatThrownBy(() -> room.open(bomb)).isInstanceOf(DecompressionLimitException.class);
        assertThat(room.used()).isZero();
    }

    @Test
    void aPageGivesItsRoomBackAndKeepsItsRecords() {
        // Given
        ReaderWorld world = new ReaderWorld();
        world.createTopic("orders", 1);
        world.append(0, batch(3_000));
        world.append(0, batch(LIMIT - 100));

        // When
        ReadPage page = world.read(world.earliest(), 1);

        // Then
        assertThat(world.reader.decompressedBytes()).isZero();
        ByteBuffer value =
                Objects.requireNonNull(page.records().getFirst().record().value());
        assertThat(value.remaining()).isEqualTo(3_000);
        assertThat(value.capacity()).as("nothing else is kept with it").isEqualTo(3_000);
    }

    @Test
    void partitionsTakeTurnsWhereThereIsNotRoomForAll() {
        // Given
        ReaderWorld world = new ReaderWorld();
        world.createTopic("orders", 5);
        for (int partition = 0; partition < 5; partition++) {
            world.append(partition, batch(100_000)); // which needs the room of a largest one, as it shrinks so much
        }

        // When
        ReadPage page = world.read(world.earliest(), 10);

        // Then
        assertThat(page.records())
                .extracting(record -> record.partition().partition())
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(page.atEnd()).isTrue();
    }

    @Test
    void aReaderOfABombIsToldWhichSettingIsInItsWay() {
        // Given
        ReaderWorld world = new ReaderWorld();
        world.createTopic("orders", 1);
        world.append(0, batch(2 * LIMIT));

        // When
        var page = world.run(world.begin(world.earliest(), 10, Duration.ZERO, RecordFilter.ALL));

        // Then
        assertThat(page.toString()).contains("CorruptBatch", "more than the limit of " + LIMIT, "max-decompressed");
        assertThat(world.reader.decompressedBytes()).isZero();
    }

    private static ByteBuffer batch(int zeros) {
        BatchBuilder builder = new BatchBuilder(Compression.ZSTD, 4 * LIMIT);
        builder.append(1, null, ByteBuffer.allocate(zeros), List.of());
        return builder.build();
    }
}
