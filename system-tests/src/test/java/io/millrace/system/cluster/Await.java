package io.millrace.system.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for conditions. */
public final class Await {
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /**
     * Asks again and again until an answer satisfies, and returns that one. A question that fails counts as an answer that
     * does not.
     *
     * @param what is waited for, as it reads after "Waited in vain for"
     */
    public static <T> T until(String what, Duration limit, Callable<T> question, Predicate<? super T> enough) {
        long end = System.nanoTime() + limit.toNanos();
        Object last;
        @Nullable Exception failure;
        do {
            try {
                T answer = question.call();
                if (enough.test(answer)) {
                    return answer;
                }
                last = answer;
                failure = null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            } catch (Exception e) {
                last = e;
                failure = e;
            }
            pause(what);
        } while (System.nanoTime() < end);
        throw new AssertionError(
                "Waited in vain for " + what + ", " + limit.toMillis() + " ms; the last answer was: " + last, failure);
    }

    /** Waits until this holds. */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        until(what, limit, condition, holds -> holds);
    }

    private static void pause(String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
