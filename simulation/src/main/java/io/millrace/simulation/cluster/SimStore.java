package io.millrace.simulation.cluster;

import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimProcess;
import io.millrace.simulation.store.EpochRecord;
import io.millrace.simulation.store.Store;
import io.millrace.simulation.store.StoreTimes;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store of the controllers. It keeps what it was told whatever happens, but it may be away for a while. */
public final class SimStore extends SimNode {
    static final int PORT = 2181;

    private final Network network;
    private final StoreTimes times;
    private final String logId;
    private @Nullable Store<MetadataKey, MetadataRecord> store;

    SimStore(Machine machine, Network network, StoreTimes times, String logId) {
        super(machine, "store");
        this.network = network;
        this.times = times;
        this.logId = logId;
    }

    /** What is committed, for onlookers. */
    public Map<MetadataKey, MetadataRecord> records() {
        return store == null ? Map.of() : store.records();
    }

    /** The epoch as it is now; the store has changed only if its writes have gone up. */
    public EpochRecord epoch() {
        return store == null ? EpochRecord.NOBODY : store.epoch();
    }

    /** The controller that wrote last, or null while none has. */
    public @Nullable String lastWriter() {
        return store == null ? null : store.lastWriter();
    }

    Address address() {
        return new Address(machine().name(), PORT);
    }

    /** Ends the session of that controller, as if it had been out of reach for too long. */
    public void expire(SimController controller) {
        if (store != null) {
            store.expire(controller.machine().name());
        }
    }

    /** See {@link Store#withholdAnswers}. */
    public void withholdAnswers(boolean whether) {
        if (store != null) {
            store.withholdAnswers(whether);
        }
    }

    /** See {@link Store#stopShownEpoch}. */
    public void stopShownEpoch(boolean whether) {
        if (store != null) {
            store.stopShownEpoch(whether);
        }
    }

    /** See {@link Store#delayNews}. */
    public void delayNews(Duration most) {
        if (store != null) {
            store.delayNews(most);
        }
    }

    /** It is an ensemble that stands for itself: it can be away, but not forget. */
    @Override
    public void kill() {
        throw new UnsupportedOperationException("The store is paused, not killed");
    }

    @Override
    void run(SimProcess started) {
        Store<MetadataKey, MetadataRecord> made = new Store<>(logId, started, times);
        store = made;
        network.listen(started, PORT).offer(Store.class, made);
    }
}
