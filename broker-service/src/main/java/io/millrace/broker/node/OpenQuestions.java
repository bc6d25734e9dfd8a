package io.millrace.broker.node;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Questions to the controller that have no answer yet. There is a limit to them, and the oldest gives way: a controller
 * that hangs must neither gather questions without end nor keep its successor from being asked. Confined to the control
 * loop.
 */
final class OpenQuestions {
    /** At the usual pace of one a second, an answer may take so many seconds. */
    static final int MAX = 5;

    private final EventLoop loop;
    private final NavigableMap<Long, CompletableFuture<?>> open = new TreeMap<>();
    private long asked;

    OpenQuestions(EventLoop loop) {
        this.loop = loop;
    }

    /** Brings the answer to the loop, unless the question has given way by then. */
    <T> void ask(CompletableFuture<Outcome<T>> answer, Consumer<Outcome<T>> then) {
        long number = ++asked;
        open.put(number, answer);
        var _ = answer.whenComplete((outcome, failure) -> loop.post(() -> {
            if (open.remove(number) != null) {
                then.accept(
                        outcome != null
                                ? outcome
                                : Outcome.refused(new Refusal.ControllerNotAvailable(
                                        "The controller could not be asked: " + failure)));
            }
        }));
        if (open.size() > MAX) {
            open.pollFirstEntry().getValue().cancel(true);
        }
    }

    /** Wants to hear no answer any more. */
    void giveUpAll() {
        List<CompletableFuture<?>> all = List.copyOf(open.values());
        open.clear();
        all.forEach(answer -> answer.cancel(true));
    }
}
