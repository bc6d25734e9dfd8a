package io.millrace.core.statemachine.contract;

import io.millrace.core.statemachine.Leadership;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.ReplicatedLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what a log reports, for a test on another thread. */
final class RecordingListener implements ReplicatedLog.Listener<String, String> {
    /** What a log reported. */
    sealed interface Event {
        record Leads(String logId, int epoch, long version, Map<String, String> state) implements Event {}

        record Committed(int epoch, long version) implements Event {}

        record Lost(int epoch) implements Event {}

        record OtherLeads(LogMember leader, int epoch) implements Event {}

        record Replaced() implements Event {}
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void onLeading(Leadership<String, String> leadership) {
        events.add(new Event.Leads(
                leadership.logId(), leadership.epoch(), leadership.version(), Map.copyOf(leadership.state())));
    }

    @Override
    public void onCommitted(int epoch, long version) {
        events.add(new Event.Committed(epoch, version));
    }

    @Override
    public void onLost(int epoch) {
        events.add(new Event.Lost(epoch));
    }

    @Override
    public void onOtherLeads(LogMember leader, int epoch) {
        events.add(new Event.OtherLeads(leader, epoch));
    }

    @Override
    public void onReplaced() {
        events.add(new Event.Replaced());
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<Event.Leads> leads() {
        return of(Event.Leads.class);
    }

    List<Event.Committed> commits() {
        return of(Event.Committed.class);
    }

    List<Event.Lost> losses() {
        return of(Event.Lost.class);
    }

    List<Event.OtherLeads> others() {
        return of(Event.OtherLeads.class);
    }

    private <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
