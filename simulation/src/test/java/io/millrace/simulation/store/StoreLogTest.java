package io.millrace.simulation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.contract.ReplicatedLogContract;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.network.NetworkTimes;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.Scheduler;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

class StoreLogTest extends ReplicatedLogContract {
    private static final int PORT = 2181;
    private static final int CHANGES_PER_WRITE_MAX = 10;

    private final Scheduler scheduler = new Scheduler(7);
    private final Network network = new Network(scheduler, NetworkTimes.DEFAULTS);
    private final SimProcess server = new Machine(scheduler, "store").start("store");
    private final Store<String, String> store = new Store<>("log", server, StoreTimes.DEFAULTS);
    private final Map<ReplicatedLog<String, String>, String> ids = new LinkedHashMap<>();
    private int members;

    StoreLogTest() {
        network.listen(server, PORT).offer(Store.class, store);
    }

    @Override
    protected ReplicatedLog<String, String> member(LogObserver observer) {
        SimProcess process = new Machine(scheduler, "machine-" + ++members).start("member");
        StoreLog<String, String> log = new StoreLog<>(
                process,
                network.channel(process, new Address("store", PORT)),
                StoreTimes.DEFAULTS,
                observer,
                CHANGES_PER_WRITE_MAX);
        return new Named(log);
    }

    @Override
    protected void expire(ReplicatedLog<String, String> member) {
        store.expire(String.valueOf(ids.get(member)));
    }

    @Override
    protected void awaitMembers(int count) {
        awaitUntil(count + " members", () -> store.candidates() == count);
    }

    @Override
    protected void awaitUntil(String what, BooleanSupplier condition) {
        boolean came = scheduler.runUntil(condition, Duration.ofSeconds(60));
        assertThat(scheduler.failure()).isNull();
        assertThat(came).as(what).isTrue();
    }

    /** Remembers under which name its log has joined. */
    private final class Named implements ReplicatedLog<String, String> {
        private final StoreLog<String, String> log;

        Named(StoreLog<String, String> log) {
            this.log = log;
        }

        @Override
        public void start(LogMember self, Listener<String, String> listener) {
            ids.put(this, self.id());
            log.start(self, listener);
        }

        @Override
        public void append(int epoch, List<Change<String, String>> changes) {
            log.append(epoch, changes);
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
