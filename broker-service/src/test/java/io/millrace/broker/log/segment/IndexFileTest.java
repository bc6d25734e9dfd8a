package io.millrace.broker.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entry n of the index has key 10 n and value 7 n. */
final class IndexFileTest {
    private final SimulatedDisk disk = new SimulatedDisk(1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 511, 512, 513, 1024, 5000})
    void everyKeyIsFoundAtAnyNumberOfPages(int entries) throws IOException {
        IndexFile index = filled(8, entries);

        checkLookups(index, entries);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 1030})
    void whatWasFlushedIsFoundAgainAndGrowsOn(int entries) throws IOException {
        filled(4, entries).flush();

        IndexFile index = new IndexFile(file(), 4);
        assertThat(index.isWhole()).isTrue();
        checkLookups(index, entries);
        for (int i = entries; i < entries + 600; i++) {
            index.append(i * 10L, i * 7);
        }
        checkLookups(index, entries + 600);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1999, 2000})
    void truncatedEntriesAreForgotten(int kept) throws IOException {
        IndexFile index = filled(8, 2000);

        index.truncate(kept);

        assertThat(file().size()).isEqualTo(12L * kept);
        checkLookups(index, kept);
        index.append(kept * 10L, kept * 7);
        checkLookups(index, kept + 1);
    }

    private static void checkLookups(IndexFile index, int entries) throws IOException {
        assertThat(index.count()).isEqualTo(entries);
        assertThat(index.floorValue(-1, -5)).isEqualTo(-5);
        for (int i = 0; i < entries; i++) {
            assertThat(index.floorValue(i * 10L, -5)).isEqualTo(i * 7);
            assertThat(index.floorValue(i * 10L + 9, -5)).isEqualTo(i * 7);
        }
        if (entries > 0) {
            assertThat(index.lastKey()).isEqualTo((entries - 1) * 10L);
            assertThat(index.lastValue()).isEqualTo((entries - 1) * 7);
        }
    }

    private IndexFile filled(int keyBytes, int entries) throws IOException {
        IndexFile index = new IndexFile(file(), keyBytes);
        for (int i = 0; i < entries; i++) {
            index.append(i * 10L, i * 7);
        }
        return index;
    }

    private DiskFile file() throws IOException {
        return disk.open(Path.of("/index"));
    }
}
