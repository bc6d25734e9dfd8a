package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.Verification;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits that a medium has lost are found, by whoever looks and by whoever reads, and what is sound is not suspected. */
final class DamageTest {
    private static final Path DIRECTORY = Path.of("/data/t-0");
    private static final LogOptions OPTIONS = new LogOptions(3000, Long.MAX_VALUE, 300, 1 << 20, -1, -1, 1000);
    private static final int BATCHES = 60;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final List<Place> places = new ArrayList<>();
    private PartitionLog log;

    /** Where a batch lies. */
    private record Place(Path file, int position, RecordBatch batch) {}

    @BeforeEach
    void fill() throws IOException {
        disk.createDirectories(Path.of("/data"));
        log = PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);
        Path file = DIRECTORY.resolve("00000000000000000000.log");
        int position = 0;
        for (int i = 0; i < BATCHES; i++) {
            long base = log.logEndOffset();
            RecordBatch batch = TestBatches.batch(base, 1 + i % 4, i * 37 % 200, 1);
            int segments = log.segmentCount();
            log.append(batch, 0);
            if (log.segmentCount() > segments) {
                file = DIRECTORY.resolve("%020d.log".formatted(base));
                position = 0;
            }
            places.add(new Place(file, position, batch));
            position += batch.sizeInBytes();
        }
    }

    @Test
    void aListOfEpochsThatIsDamagedIsMadeAnewFromTheBatches() throws IOException {
        log.append(TestBatches.batch(log.logEndOffset(), 1, 0, 7), 0);
        long end = log.logEndOffset();
        log.close();
        disk.flipBit(DIRECTORY.resolve("leader-epoch-checkpoint"), 0, 3);

        try (PartitionLog again = PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE)) {
            assertThat(again.logEndOffset()).isEqualTo(end);
            assertThat(again.endOfEpoch(1)).contains(new EpochEnd(1, end - 1));
            assertThat(again.latestEpoch()).hasValue(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 2999, 1 << 20})
    void aSoundLogIsVerifiedToItsLastByte(int bytesMax) throws IOException {
        VerifyPoint at = VerifyPoint.START;
        long bytes = 0;
        for (Optional<Stretch> next = log.toVerify(at, bytesMax); next.isPresent(); next = log.toVerify(at, bytesMax)) {
            Verification.Intact intact =
                    (Verification.Intact) next.orElseThrow().verify();
            bytes += intact.bytes();
            at = intact.next();
        }
        assertThat(bytes).isEqualTo(log.sizeInBytes());
        assertThat(at.offset()).isEqualTo(log.logEndOffset());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aBitThatFlipsAnywhereIsFoundWhereItIs(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            Place place = places.get(random.nextInt(places.size()));
            int at = random.nextInt(place.batch().sizeInBytes());
            int bit = random.nextInt(8);
            long offset = place.batch().baseOffset();
            disk.flipBit(place.file(), place.position() + at, bit);

            assertThat(firstDamage(1 + random.nextInt(5000)).orElseThrow().offset())
                    .as("seed %d, byte %d, bit %d of the batch at %d", seed, at, bit, offset)
                    .isEqualTo(offset);
            assertThat(log.damageAt(offset).orElseThrow().offset()).isEqualTo(offset);
            assertNobodyReads(place.batch(), random.nextInt(4000));

            disk.flipBit(place.file(), place.position() + at, bit);
            assertThat(log.damageAt(offset)).isEmpty();
        }
        assertThat(firstDamage(1000)).isEmpty();
        LogInspection.check(log);
    }

    /** Reads every batch from the start on, as a consumer does, until the damage. */
    private void assertNobodyReads(RecordBatch damaged, int bytesMax) {
        assertThatThrownBy(() -> {
                    long offset = 0;
                    while (offset <= damaged.lastOffset()) {
                        RecordsSlice slice = log.read(offset, bytesMax, Long.MAX_VALUE);
                        for (RecordBatch batch : RecordBatches.in(slice.read())) {
                            assertThat(batch.crcHolds()).isTrue();
                            assertThat(batch.baseOffset()).isEqualTo(offset);
                            offset = batch.nextOffset();
                        }
                    }
                })
                .isInstanceOfSatisfying(
                        CorruptSegmentException.class,
                        e -> assertThat(e.offset()).isBetween(damaged.baseOffset(), damaged.lastOffset()));
    }

    @Test
    void whatIsBeforeADamageIsStillReadAndSuspicionOfItUnfounded() throws IOException {
        Place place = places.get(30);
        disk.flipBit(place.file(), place.position() + 70, 1);
        long before = places.get(29).batch().baseOffset();

        assertThat(log.read(before, 1, Long.MAX_VALUE).read().remaining())
                .isEqualTo(places.get(29).batch().sizeInBytes());
        assertThat(log.damageAt(before)).isEmpty();
    }

    @Test
    void aSegmentThatEndsTooEarlyIsDamagedAtItsEnd() throws IOException {
        PartitionLog closed = log;
        closed.close();
        Place last = lastOfFirstSegment();
        try (DiskFile file = disk.open(last.file())) {
            file.truncate(last.position());
        }
        log = PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);

        LogDamage damage = firstDamage(1000).orElseThrow();

        assertThat(damage.offset()).isEqualTo(last.batch().baseOffset());
        assertThat(log.damageAt(last.batch().baseOffset())).hasValue(damage);
    }

    @Test
    void whatCannotBeReadIsDamage() throws IOException {
        Stretch stretch = log.toVerify(VerifyPoint.START, 1000).orElseThrow();
        disk.failNext(DiskOperation.READ, ".log");

        assertThat(stretch.verify()).isInstanceOfSatisfying(Verification.Damaged.class, found -> {
            assertThat(found.damage().offset()).isZero();
            assertThat(found.damage().what()).contains("It cannot be read");
        });
        assertThat(log.damageAt(0)).isEmpty();
    }

    @Test
    void aStretchThatWasCutOffMeanwhileIsASuspicionThatTheLogDoesNotShare() throws IOException {
        Stretch stretch = log.toVerify(VerifyPoint.START, 1 << 20).orElseThrow();
        log.truncateTo(2, 0);
        log.append(TestBatches.batch(log.logEndOffset(), 5, 500, 2), 0);

        Verification.Damaged damaged = (Verification.Damaged) stretch.verify();

        assertThat(log.damageAt(damaged.damage().offset())).isEmpty();
        assertThat(firstDamage(1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aDamagedOffsetIndexLeadsNobodyAstrayAndIsMadeAnew(long seed) throws IOException {
        Random random = new Random(seed);
        log.close();
        for (String name : disk.list(DIRECTORY)) {
            if (name.endsWith(".index")) {
                flipBits(DIRECTORY.resolve(name), random);
            }
        }
        log = PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);

        for (long offset = 0; offset < log.logEndOffset(); offset++) {
            if (!isReadAt(offset)) {
                assertThat(log.damageAt(offset)).isEmpty();
                log.reindex(offset);
                assertThat(isReadAt(offset))
                        .as("seed %d, offset %d", seed, offset)
                        .isTrue();
            }
        }

        assertThat(firstDamage(1000)).isEmpty();
        LogInspection.check(log);
    }

    private void flipBits(Path index, Random random) throws IOException {
        try (DiskFile file = disk.open(index)) {
            for (int at = 0; at < file.size(); at++) {
                if (random.nextInt(3) == 0) {
                    disk.flipBit(index, at, random.nextInt(8));
                }
            }
        }
    }

    /** Says whether the right batch is read there; another one never is. */
    private boolean isReadAt(long offset) throws IOException {
        try {
            RecordBatch found =
                    RecordBatch.at(log.read(offset, 1, Long.MAX_VALUE).read());
            assertThat(offset).isBetween(found.baseOffset(), found.lastOffset());
            return true;
        } catch (CorruptSegmentException e) {
            return false;
        }
    }

    @Test
    void aSegmentWhoseBatchesAreDamagedIsNotCutByMakingItsIndexesAnew() throws IOException {
        Place place = places.get(2);
        disk.flipBit(place.file(), place.position() + 70, 1);
        long end = log.logEndOffset();

        assertThatThrownBy(() -> log.reindex(0))
                .isInstanceOfSatisfying(
                        CorruptSegmentException.class,
                        e -> assertThat(e.offset()).isEqualTo(place.batch().baseOffset()));

        assertThat(log.logEndOffset()).isEqualTo(end);
        assertThat(isReadAt(0)).isTrue();
        assertThat(isReadAt(end - 1)).isTrue();
    }

    @Test
    void verificationGoesOnBehindSegmentsThatHaveGone() throws IOException {
        VerifyPoint inFirst = ((Verification.Intact)
                        log.toVerify(VerifyPoint.START, 1).orElseThrow().verify())
                .next();
        long secondBase = lastOfFirstSegment().batch().nextOffset();
        log.advanceStart(secondBase);
        log.deleteOldSegments(0, log.logEndOffset());

        assertThat(log.toVerify(inFirst, 1).orElseThrow().from()).isEqualTo(VerifyPoint.startOf(secondBase));
    }

    private Place lastOfFirstSegment() {
        Path first = places.getFirst().file();
        return places.stream()
                .filter(place -> place.file().equals(first))
                .toList()
                .getLast();
    }

    private Optional<LogDamage> firstDamage(int bytesMax) throws IOException {
        VerifyPoint at = VerifyPoint.START;
        for (Optional<Stretch> next = log.toVerify(at, bytesMax); next.isPresent(); next = log.toVerify(at, bytesMax)) {
            switch (next.get().verify()) {
                case Verification.Intact(VerifyPoint then, int ignored) -> at = then;
                case Verification.Damaged(LogDamage damage) -> {
                    return Optional.of(damage);
                }
            }
        }
        return Optional.empty();
    }
}
