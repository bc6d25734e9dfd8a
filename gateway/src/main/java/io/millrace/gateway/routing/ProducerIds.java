package io.millrace.gateway.routing;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ProducerIdBlock;
import io.millrace.core.api.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands out producer ids one by one, from blocks that the controller gives. What is left of a block is forgotten with the
 * process; there are enough of them. Safe for any thread.
 */
public final class ProducerIds {
    /** So many ids make a question to the controller a rare thing. */
    static final int BLOCK = 1_000;

    private static final CompletableFuture<Outcome<Rest>> NOTHING =
            CompletableFuture.completedFuture(Outcome.done(new Rest(new ProducerIdBlock(0, 0))));

    private final ControllerApi controller;
    private final AtomicReference<CompletableFuture<Outcome<Rest>>> latest = new AtomicReference<>(NOTHING);

    /** A gateway's ids; nothing is asked before one is wanted. */
    public ProducerIds(ControllerApi controller) {
        this.controller = controller;
    }

    /** An id that nobody else has, or why the controller gives none at the moment. */
    public CompletableFuture<Outcome<Long>> next() {
        CompletableFuture<Outcome<Rest>> seen = latest.get();
        return seen.thenCompose(outcome -> switch (outcome) {
            case Outcome.Done<Rest>(Rest rest) -> {
                long id = rest.take();
                if (id != Rest.USED_UP) {
                    yield CompletableFuture.completedFuture(Outcome.done(id));
                }
                replace(seen);
                yield next();
            }
            case Outcome.Refused<Rest>(Refusal refusal) -> CompletableFuture.completedFuture(Outcome.refused(refusal));
        });
    }

    /** Asks for a block unless another thread has done so; everybody who comes meanwhile waits for the same answer. */
    private void replace(CompletableFuture<Outcome<Rest>> usedUp) {
        CompletableFuture<Outcome<Rest>> asked = new CompletableFuture<>();
        if (!latest.compareAndSet(usedUp, asked)) {
            return;
        }
        var _ = controller.allocateProducerIds(BLOCK).whenComplete((outcome, bug) -> {
            if (bug != null) {
                latest.set(NOTHING);
                asked.completeExceptionally(bug);
                return;
            }
            if (outcome instanceof Outcome.Refused<ProducerIdBlock>) {
                latest.set(NOTHING); // who comes later asks again
            }
            asked.complete(outcome.map(Rest::new));
        });
    }

    /** What is left of a block. */
    private static final class Rest {
        static final long USED_UP = -1;

        private final ProducerIdBlock block;
        private final AtomicInteger taken = new AtomicInteger();

        Rest(ProducerIdBlock block) {
            this.block = block;
        }

        long take() {
            int before = taken.getAndUpdate(count -> Math.min(count + 1, block.count()));
            return before < block.count() ? block.firstId() + before : USED_UP;
        }
    }
}
