package io.millrace.broker.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.LogObserver;
import io.millrace.broker.log.LogOptions;
import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every byte of every log is looked at in a pass, and damage is told to its log. */
final class ScrubberTest {
    private static final LogOptions OPTIONS = new LogOptions(5000, Long.MAX_VALUE, 300, 1 << 20, -1, -1, 1000);
    private static final ScrubOptions SCRUB = new ScrubOptions(1000, Duration.ofHours(1), 500);

    private final ManualClock clock = new ManualClock();
    private final ManualEventLoop loop = new ManualEventLoop(clock);
    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final List<LogUnderScrub> logs = new ArrayList<>();
    private final List<String> passes = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        disk.createDirectories(Path.of("/data"));
        logs.add(new LogUnderScrub("a-0", 30));
        logs.add(new LogUnderScrub("b-0", 0));
        logs.add(new LogUnderScrub("c-0", 40));
    }

    @Test
    void aPassLooksAtEverythingNoFasterThanAllowed() {
        Scrubber scrubber = scrubber(SCRUB);
        long bytes = logs.stream().mapToLong(one -> one.log.sizeInBytes()).sum();

        scrubber.start();
        pass(Duration.ofSeconds(bytes / 1000));
        assertThat(passes).isEmpty();
        pass(Duration.ofSeconds(bytes / 1000));

        assertThat(passes).containsExactly(bytes + " bytes, 0 suspicions");
        assertThat(logs).allMatch(one -> one.suspicions.isEmpty());
    }

    @Test
    void theNextPassWaitsForTheInterval() {
        scrubber(SCRUB).start();
        pass(Duration.ofMinutes(59));
        assertThat(passes).hasSize(1);

        pass(Duration.ofMinutes(2));

        assertThat(passes).hasSize(2);
    }

    @Test
    void damageIsToldToItsLogAndTheSegmentsBehindItAreLookedAt() throws IOException {
        disk.flipBit(Path.of("/data/c-0/00000000000000000000.log"), 100, 1);
        Path last = Path.of("/data/c-0").resolve(logFiles("/data/c-0").getLast());
        disk.flipBit(last, 100, 1);

        scrubber(SCRUB).start();
        pass(Duration.ofMinutes(30));

        assertThat(logs.get(0).suspicions).isEmpty();
        assertThat(logs.get(2).suspicions)
                .extracting(LogDamage::offset)
                .hasSize(2)
                .contains(0L);
        assertThat(logs.get(2).suspicions.get(1).file()).isEqualTo(last);
        assertThat(passes.getFirst()).endsWith("2 suspicions");
    }

    @Test
    void aLogThatClosesIsLeftOut() {
        Scrubber scrubber = scrubber(SCRUB);
        scrubber.start();
        pass(Duration.ofSeconds(1));
        logs.getFirst().open = false;

        pass(Duration.ofMinutes(30));

        assertThat(passes).hasSize(1);
        assertThat(passes.getFirst()).doesNotStartWith("0 ");
    }

    @Test
    void scrubbingThatIsOffReadsNothing() {
        scrubber(new ScrubOptions(0, Duration.ofHours(1), 500)).start();

        pass(Duration.ofHours(3));

        assertThat(logs).allMatch(one -> one.asked == 0);
    }

    @Test
    void aClosedScrubberReadsNothingAnyMore() {
        Scrubber scrubber = scrubber(SCRUB);
        scrubber.start();
        pass(Duration.ofSeconds(1));
        scrubber.close();
        loop.runUntilIdle();
        int asked = logs.getFirst().asked;

        pass(Duration.ofHours(3));

        assertThat(logs.getFirst().asked).isEqualTo(asked).isPositive();
        assertThat(passes).isEmpty();
    }

    private Scrubber scrubber(ScrubOptions options) {
        ScrubObserver observer = new ScrubObserver() {
            @Override
            public void passEnded(long bytes, int suspicions, Duration took) {
                passes.add(bytes + " bytes, " + suspicions + " suspicions");
            }
        };
        return new Scrubber(options, loop, loop::post, clock, () -> logs, observer);
    }

    private void pass(Duration time) {
        loop.runUntilIdle();
        for (long millis = 0; millis < time.toMillis(); millis += 100) {
            clock.advance(Duration.ofMillis(100));
            loop.runUntilIdle();
        }
    }

    private List<String> logFiles(String directory) throws IOException {
        return disk.list(Path.of(directory)).stream()
                .filter(name -> name.endsWith(".log"))
                .toList();
    }

    private final class LogUnderScrub implements Scrubbed {
        private final PartitionLog log;
        private final List<LogDamage> suspicions = new ArrayList<>();
        private boolean open = true;
        private int asked;

        private LogUnderScrub(String name, int batches) throws IOException {
            log = PartitionLog.open(disk, Path.of("/data").resolve(name), OPTIONS, LogObserver.NONE);
            for (int i = 0; i < batches; i++) {
                BatchBuilder builder = new BatchBuilder(Compression.NONE, 1 << 20);
                builder.append(i, null, ByteBuffer.allocate(50 + i * 31 % 300), List.of());
                RecordBatch batch = RecordBatch.at(builder.build());
                batch.assign(i, 0);
                log.append(batch, 0);
            }
        }

        @Override
        public void nextStretch(VerifyPoint from, int bytesMax, Consumer<Optional<Stretch>> to) {
            asked++;
            try {
                to.accept(open ? log.toVerify(from, bytesMax) : Optional.empty());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void suspected(LogDamage damage) {
            suspicions.add(damage);
        }
    }
}
