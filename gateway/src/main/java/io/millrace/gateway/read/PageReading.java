package io.millrace.gateway.read;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One read: asks the brokers round by round until the page is full, or everything that is there has been read and there
 * is a record or the wait is over. One round follows the other, so its state needs no protection.
 */
final class PageReading {
    /** Least bytes to ask for: below it a question costs more than its answer. */
    private static final int FETCH_BYTES_MIN = 64 * 1024;
    /** Least bytes to ask for of one partition among many. */
    private static final int PART_BYTES_MIN = 16 * 1024;
    /** What a record takes at a guess, when only their number is limited. */
    private static final long RECORD_BYTES_GUESS = 1024;

    private final ReaderEnvironment environment;
    private final ReadRequest request;
    private final InFlightBytes inFlight;
    private final AtomicLong held = new AtomicLong();
    private final PageAssembly page;
    private final long startNanos;
    private final CompletableFuture<Outcome<ReadPage>> answer = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> underWay;
    /** The picture by which the brokers were asked last. */
    private volatile ClusterImage routedBy = ClusterImage.empty("");

    PageReading(ReaderEnvironment environment, InFlightBytes inFlight, DecompressionRoom room, ReadRequest request) {
        this.environment = environment;
        this.inFlight = inFlight;
        this.request = request;
        this.page = new PageAssembly(request, environment.options(), room);
        this.startNanos = environment.clock().nanoTime();
    }

    /** Starts; cancelling the future withdraws what is asked of the brokers. */
    CompletableFuture<Outcome<ReadPage>> start() {
        var _ = answer.whenComplete((page, lost) -> {
            CompletableFuture<?> fetch = underWay;
            if (fetch != null) {
                fetch.cancel(false);
            }
            release();
        });
        ask();
        return answer;
    }

    private void ask() {
        if (page.isEmpty()) {
            // Nothing of the rounds before is kept.
            release();
        }
        List<PartitionScan> wanted = page.wanted();
        if (wanted.isEmpty()) {
            finish();
            return;
        }
        CompletableFuture<List<Outcome<Fetched>>> fetch = environment.brokers().fetch(questionFor(wanted));
        underWay = fetch;
        if (answer.isDone()) {
            fetch.cancel(false);
        }
        var _ = fetch.whenComplete((outcomes, lost) -> {
            if (outcomes == null) {
                answer.completeExceptionally(Objects.requireNonNull(lost));
            } else {
                hold(outcomes, () -> environment.blocking().execute(() -> take(wanted, outcomes)));
            }
        });
    }

    /**
     * Goes on when there is room for what was found, of which nothing has been read into memory yet. A page that has
     * records already does not wait for room but ends.
     */
    private void hold(List<Outcome<Fetched>> outcomes, Runnable goOn) {
        long found = outcomes.stream().mapToLong(PageReading::sizeOf).sum();
        long bytes = Math.min(found, inFlight.limit());
        if (bytes == 0) {
            goOn.run();
        } else if (page.isEmpty()) {
            Duration waitMax = environment.options().inFlightWaitMax();
            inFlight.enter(bytes, waitMax, () -> goOnHolding(bytes, goOn), () -> answer.complete(overloaded(waitMax)));
        } else if (inFlight.enterNow(bytes)) {
            goOnHolding(bytes, goOn);
        } else {
            finish();
        }
    }

    private void goOnHolding(long bytes, Runnable goOn) {
        held.addAndGet(bytes);
        if (answer.isDone()) {
            release();
        }
        goOn.run();
    }

    private Outcome<ReadPage> overloaded(Duration waited) {
        return Outcome.refused(new Refusal.Overloaded(
                "This gateway is reading as much at once as it may hold (" + inFlight.limit() + " bytes).",
                waited.toMillis()));
    }

    private void release() {
        long bytes = held.getAndSet(0);
        if (bytes > 0) {
            inFlight.leave(bytes);
        }
    }

    private static long sizeOf(Outcome<Fetched> outcome) {
        return outcome instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? fetched.records().sizeInBytes()
                : 0;
    }

    private FetchRequest questionFor(List<PartitionScan> wanted) {
        ClusterImage image = environment.view().image();
        routedBy = image;
        long useful = request.filter().isAll()
                ? Math.min(page.bytesLeft(), page.recordsLeft() * RECORD_BYTES_GUESS)
                : Long.MAX_VALUE;
        int total = Math.clamp(useful, FETCH_BYTES_MIN, environment.options().fetchBytesMax());
        int each = Math.max(total / wanted.size(), Math.min(total, PART_BYTES_MIN));
        boolean mayWait = page.isEmpty();
        return new FetchRequest(
                wanted.stream().map(scan -> part(image, scan, each)).toList(),
                mayWait ? 1 : 0,
                total,
                mayWait ? waitLeft() : Duration.ZERO,
                request.isolation(),
                FetchRequest.ServedBy.ANY_REPLICA);
    }

    private static FetchRequest.Part part(ClusterImage image, PartitionScan scan, int maxBytes) {
        int epoch = image.partition(scan.partition())
                .map(PartitionImage::leaderEpoch)
                .orElse(AppendRequest.ANY_EPOCH);
        return new FetchRequest.Part(scan.partition(), epoch, scan.position().offset(), maxBytes);
    }

    private void take(List<PartitionScan> asked, List<Outcome<Fetched>> outcomes) {
        try {
            for (int i = 0; i < asked.size(); i++) {
                switch (outcomes.get(i)) {
                    case Outcome.Done<Fetched>(Fetched fetched) -> asked.get(i).offer(fetched);
                    case Outcome.Refused<Fetched>(Refusal refusal) ->
                        asked.get(i).fail(refusal);
                }
            }
            boolean progress = page.fill();
            goOn(asked, progress);
        } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
        }
    }

    private void goOn(List<PartitionScan> asked, boolean progress) {
        Optional<Refusal> lasting = problems(
                        asked.stream().filter(scan -> !scan.problemPasses()).toList())
                .findFirst();
        if (lasting.isPresent() && page.isEmpty()) {
            answer.complete(Outcome.refused(lasting.get()));
        } else if (lasting.isPresent()
                || page.isFull()
                || page.bytesScanned() >= environment.options().scanBytesMax()) {
            finish();
        } else if (progress && !page.isAtEnd()) {
            ask();
        } else if (!page.isEmpty()) {
            finish();
        } else {
            goOnWithoutRecords(asked, progress);
        }
    }

    private void goOnWithoutRecords(List<PartitionScan> asked, boolean progress) {
        Optional<Refusal> passing = problems(asked).findFirst();
        boolean allRefused = problems(asked).count() == asked.size();
        if (passing.isPresent() && (allRefused ? environment.retry().mayAskAgain(startNanos) : mayWait())) {
            environment.observer().fetchRetried();
            environment.retry().whenLedAnew(environment.view(), routedBy, refused(asked), this::ask);
        } else if (allRefused && passing.isPresent()) {
            answer.complete(Outcome.refused(passing.get()));
        } else if (progress && mayWait()) {
            ask();
        } else {
            finish();
        }
    }

    private static List<TopicPartition> refused(List<PartitionScan> scans) {
        return scans.stream()
                .filter(scan -> scan.problem() != null)
                .map(PartitionScan::partition)
                .toList();
    }

    private static Stream<Refusal> problems(List<PartitionScan> scans) {
        return scans.stream().map(PartitionScan::problem).filter(Objects::nonNull);
    }

    private boolean mayWait() {
        return !waitLeft().isZero();
    }

    private Duration waitLeft() {
        long left = request.maxWait().toNanos() - (environment.clock().nanoTime() - startNanos);
        return Duration.ofNanos(Math.max(0, left));
    }

    private void finish() {
        ReadPage read = page.page();
        environment.observer().pageRead(read.records().size(), page.bytes(), read.recordsScanned());
        answer.complete(Outcome.done(read));
    }
}
