package io.millrace.simulation.remote;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.simulation.network.CallFailedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A broker, or all brokers behind a gateway, as other processes find it: what is meant for another one is refused. */
public final class BrokerSeat {
    private final BrokerApi broker;
    private final Supplier<@Nullable BrokerTarget> self;
    private final Executor reading;

    /**
     * Serves from the first call on.
     *
     * @param self who this is, or null while it is nobody yet; {@link BrokerTarget#ANY} for whoever asks
     * @param reading where records are read from disk
     */
    public BrokerSeat(BrokerApi broker, Supplier<@Nullable BrokerTarget> self, Executor reading) {
        this.broker = broker;
        this.self = self;
        this.reading = reading;
    }

    /** The broker, if it is the one that is meant. */
    BrokerApi as(BrokerTarget target) {
        BrokerTarget me = self.get();
        if (me == null || !me.equals(target)) {
            throw new CallFailedException(
                    CallFailedException.Reason.REFUSED, "The request is meant for " + target + "; this is " + me + ".");
        }
        return broker;
    }

    CompletableFuture<List<Outcome<Fetched>>> read(CompletableFuture<List<Outcome<Fetched>>> fetch) {
        CompletableFuture<List<Outcome<Fetched>>> read = fetch.thenApplyAsync(Border::read, reading);
        var _ = read.whenComplete((_, _) -> {
            if (read.isCancelled()) {
                fetch.cancel(false);
            }
        });
        return read;
    }
}
