package io.millrace.core.statemachine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.contract.RecordingListener.Event;
import io.millrace.core.statemachine.contract.RecordingListener.Event.Leads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every replicated log holds, whatever keeps it. Each test begins with an empty log. */
public abstract class ReplicatedLogContract {
    /** Changes of a decision that every log under test must split: their values are {@link #LONG} each. */
    private static final int TOO_MANY = 100;

    private static final String LONG = "x".repeat(100);

    private int joined;

    /** A further process at the same log, limited so that {@link #TOO_MANY} changes need at least three writes. */
    protected abstract ReplicatedLog<String, String> member(LogObserver observer) throws Exception;

    /** Makes the member lose the lead, as if it had been out of reach for too long. It lives on. */
    protected abstract void expire(ReplicatedLog<String, String> member) throws Exception;

    /** Waits, within bounds, until so many members lead or wait for the lead. */
    protected abstract void awaitMembers(int count) throws Exception;

    /** Waits, within bounds, until something has come true that needs no doing of the test's. */
    protected abstract void awaitUntil(String what, BooleanSupplier condition) throws Exception;

    @Test
    void theFirstMemberLeadsAnEmptyLog() throws Exception {
        RecordingListener listener = new RecordingListener();

        start(member(LogObserver.NONE), listener);

        Leads lead = listener.leads().getFirst();
        assertThat(lead.state()).isEmpty();
        assertThat(lead.version()).isOne();
        assertThat(lead.logId()).isNotEmpty();
    }

    @Test
    void commitsAreReportedInOrderWithTheNextVersion() throws Exception {
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member(LogObserver.NONE), listener);
        int epoch = epochOf(listener);

        log.append(epoch, List.of(put("a", "1")));
        log.append(epoch, List.of(put("a", "2")));
        log.append(epoch, List.of(put("a", "3")));

        awaitUntil("three commits", () -> listener.commits().size() == 3);
        assertThat(listener.commits())
                .containsExactly(
                        new Event.Committed(epoch, 2), new Event.Committed(epoch, 3), new Event.Committed(epoch, 4));
    }

    @Test
    void theNextLeaderLoadsTheLatestRecordOfEachKey() throws Exception {
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member(LogObserver.NONE), listener);
        log.append(epochOf(listener), List.of(put("a", "1"), put("b", "1"), put("c", "1")));
        log.append(epochOf(listener), List.of(put("b", "2"), new Change.Remove<>("c")));
        awaitUntil("two commits", () -> listener.commits().size() == 2);
        log.close();

        Leads next = leadAfter();

        assertThat(next.state()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(next.version())
                .as("a version that no earlier leader has shown")
                .isEqualTo(listener.commits().getLast().version() + 1);
    }

    @Test
    void theLeadGoesOverWithAHigherEpochAndTheSameIdentity() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        ReplicatedLog<String, String> leader = start(member(LogObserver.NONE), first);
        join(member(LogObserver.NONE), second);

        leader.close();

        awaitUntil("the second leads", () -> second.leads().size() == 1);
        assertThat(second.leads().getFirst().epoch()).isGreaterThan(epochOf(first));
        assertThat(second.leads().getFirst().logId())
                .isEqualTo(first.leads().getFirst().logId());
        assertThat(first.losses()).isEmpty();
    }

    @Test
    void onlyOneOfSeveralLeads() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        ReplicatedLog<String, String> leader = start(member(LogObserver.NONE), first);
        join(member(LogObserver.NONE), second);

        leader.append(epochOf(first), List.of(put("a", "1")));

        awaitUntil("the commit", () -> first.commits().size() == 1);
        assertThat(second.leads()).isEmpty();
        assertThat(first.others()).isEmpty();
    }

    @Test
    void whoStandsByHearsWhoLeads() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        RecordingListener third = new RecordingListener();
        ReplicatedLog<String, String> leader = start(member(LogObserver.NONE), first);
        ReplicatedLog<String, String> next = member(LogObserver.NONE);
        LogMember successor = join(next, second);
        awaitMembers(2);
        join(member(LogObserver.NONE), third);
        awaitUntil("the third hears of the first", () -> third.others().size() == 1);

        leader.close();

        awaitUntil("the third hears of the second", () -> third.others().size() == 2);
        awaitUntil("the second leads", () -> second.leads().size() == 1);
        assertThat(third.others().getFirst().epoch()).isEqualTo(epochOf(first));
        assertThat(third.others().getLast()).isEqualTo(new Event.OtherLeads(successor, epochOf(second)));
    }

    @Test
    void aDeposedLeaderHearsOfItAndWritesNothing() throws Exception {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        ReplicatedLog<String, String> deposed = start(member(LogObserver.NONE), first);
        ReplicatedLog<String, String> next = member(LogObserver.NONE);
        LogMember successor = join(next, second);
        awaitMembers(2);
        expire(deposed);
        awaitUntil("the first has lost", () -> first.losses().size() == 1);
        awaitUntil("the second leads", () -> second.leads().size() == 1);
        awaitUntil("the first hears of it", () -> first.others().size() == 1);

        deposed.append(epochOf(first), List.of(put("late", "1")));
        next.append(epochOf(second), List.of(put("a", "1")));

        awaitUntil("the commit", () -> second.commits().size() == 1);
        assertThat(first.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Leads", "Lost", "OtherLeads");
        assertThat(first.others()).containsExactly(new Event.OtherLeads(successor, epochOf(second)));
        next.close();
        deposed.close();
        assertThat(leadAfter().state()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void aMemberThatLostTheLeadLeadsAgainWithoutAnewStart() throws Exception {
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member(LogObserver.NONE), listener);
        log.append(epochOf(listener), List.of(put("a", "1")));
        awaitUntil("the commit", () -> listener.commits().size() == 1);

        expire(log);

        awaitUntil("it leads again", () -> listener.leads().size() == 2);
        Leads again = listener.leads().getLast();
        assertThat(again.epoch()).isGreaterThan(epochOf(listener));
        assertThat(again.state()).isEqualTo(Map.of("a", "1"));
        log.append(again.epoch(), List.of(put("b", "1")));
        awaitUntil("a commit of the new epoch", () -> listener.commits().size() == 2);
        assertThat(listener.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Leads", "Committed", "Lost", "Leads", "Committed");
    }

    @Test
    void aDecisionWithinTheLimitIsWrittenAtOnce() throws Exception {
        List<Integer> parts = new ArrayList<>();
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member((part, of, changes, nanos) -> parts.add(of)), listener);

        log.append(epochOf(listener), List.of(put("a", "1"), put("b", "1"), put("c", "1")));

        awaitUntil("the commit", () -> listener.commits().size() == 1);
        assertThat(parts).containsExactly(1);
    }

    @Test
    void aDecisionAboveTheLimitIsOneCommit() throws Exception {
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member(LogObserver.NONE), listener);

        log.append(epochOf(listener), tooMany());

        awaitUntil("the commit", () -> listener.commits().size() == 1);
        log.close();
        Leads next = leadAfter();
        assertThat(next.state()).hasSize(TOO_MANY);
        assertThat(listener.commits()).hasSize(1);
    }

    @Test
    void aCrashInTheMiddleOfASplitDecisionLeavesItsBeginning() throws Exception {
        AtomicReference<ReplicatedLog<String, String>> dying = new AtomicReference<>();
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = member((part, parts, changes, nanos) -> {
            if (part == 2) {
                dying.get().close();
            }
        });
        dying.set(log);
        start(log, listener);

        log.append(epochOf(listener), tooMany());

        Leads next = leadAfter();
        int written = next.state().size();
        assertThat(written).isBetween(2, TOO_MANY - 1);
        Map<String, String> beginning = new TreeMap<>();
        tooMany().subList(0, written).forEach(change -> beginning.put(change.key(), LONG));
        assertThat(next.state()).isEqualTo(beginning);
        assertThat(next.version()).isEqualTo(listener.leads().getFirst().version() + 1);
        assertThat(listener.commits()).isEmpty();
    }

    @Test
    void aKeyMayBePutAndRemovedAndPutAgain() throws Exception {
        RecordingListener listener = new RecordingListener();
        ReplicatedLog<String, String> log = start(member(LogObserver.NONE), listener);
        int epoch = epochOf(listener);

        log.append(epoch, List.of(put("a", "1")));
        log.append(epoch, List.of(new Change.Remove<>("a")));
        log.append(epoch, List.of(new Change.Remove<>("never"), put("b", "1"), new Change.Remove<>("b")));
        log.append(epoch, List.of(put("a", "2"), put("a", "3")));

        awaitUntil("four commits", () -> listener.commits().size() == 4);
        log.close();
        assertThat(leadAfter().state()).isEqualTo(Map.of("a", "3"));
    }

    private ReplicatedLog<String, String> start(ReplicatedLog<String, String> log, RecordingListener listener)
            throws Exception {
        join(log, listener);
        awaitUntil("it leads", () -> !listener.leads().isEmpty());
        return log;
    }

    private LogMember join(ReplicatedLog<String, String> log, RecordingListener listener) {
        LogMember self = new LogMember("member-" + ++joined, "host-" + joined, 1_000 + joined);
        log.start(self, listener);
        return self;
    }

    private Leads leadAfter() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(member(LogObserver.NONE), listener);
        return listener.leads().getFirst();
    }

    private static int epochOf(RecordingListener listener) {
        return listener.leads().getFirst().epoch();
    }

    private static Change<String, String> put(String key, String value) {
        return new Change.Put<>(key, value);
    }

    private static List<Change<String, String>> tooMany() {
        List<Change<String, String>> changes = new ArrayList<>();
        for (int i = 0; i < TOO_MANY; i++) {
            changes.add(put("key-%03d".formatted(i), LONG));
        }
        return changes;
    }
}
