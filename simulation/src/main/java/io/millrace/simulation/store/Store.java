package io.millrace.simulation.store;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.statemachine.Change;
import io.millrace.core.statemachine.LogMember;
import io.millrace.simulation.network.CallFailedException;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Outbound;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What all members of a log share, and what survives everything: the records, the epoch, the queue of candidates, and the
 * sessions of those who stand in it. Confined to the network loop of its process.
 *
 * @param <K> what records are about
 * @param <V> what they say
 */
public final class Store<K, V> {
    private final String logId;
    private final StoreTimes times;
    private final SimProcess process;
    private final EventLoop loop;
    private final Chance chance;
    private final Map<K, V> state = new LinkedHashMap<>();
    private final TreeMap<Long, Long> sessions = new TreeMap<>(); // when each was heard last
    private final TreeMap<Long, String> members = new TreeMap<>(); // by session
    private final TreeMap<Long, Candidate> candidates = new TreeMap<>();
    private final Set<Outbound<News>> watchers = new LinkedHashSet<>();
    private EpochRecord epoch = EpochRecord.NOBODY;
    private @Nullable String lastWriter;
    private EpochRecord epochBefore = EpochRecord.NOBODY;
    private long numbers;
    private long lookedAt;
    private boolean withholdsAnswers;
    private @Nullable EpochRecord epochShown; // in the place of the present one
    private Duration newsMax;

    /** An empty log. */
    public Store(String logId, SimProcess process, StoreTimes times) {
        this.logId = logId;
        this.times = times;
        this.newsMax = times.newsMax();
        this.process = process;
        this.loop = process.network();
        this.chance = process.machine().scheduler().chance("store");
        this.lookedAt = process.clock().nanoTime();
        loop.post(this::expireTheSilent);
    }

    /** Its type, for calls to it. */
    @SuppressWarnings("unchecked") // there is one log in each store, and its users agree on what is in it
    static <K, V> Class<Store<K, V>> type() {
        return (Class<Store<K, V>>) (Class<?>) Store.class;
    }

    private record Candidate(long session, LogMember member, long life) {}

    /** Something has changed that members may want to look at. */
    record News() {}

    /** How a member finds itself in the queue. */
    enum Place {
        FIRST,
        QUEUED,
        MISSING,
        REPLACED
    }

    /** What a look shows; the epoch may be a moment old. */
    record Look(Place place, EpochRecord epoch) {}

    /** All records, with the identity of the log. */
    record Contents<K, V>(String logId, Map<K, V> state) {}

    /** All records as they are now. */
    public Map<K, V> records() {
        return Collections.unmodifiableMap(state);
    }

    /** The epoch as it is now. */
    public EpochRecord epoch() {
        return epoch;
    }

    /** The member that wrote last, or null while nobody has. */
    public @Nullable String lastWriter() {
        return lastWriter;
    }

    /** Ends all sessions of a member, as if it had been out of reach for too long. */
    public void expire(String memberId) {
        loop.post(() -> candidates.values().stream()
                .filter(candidate -> candidate.member.id().equals(memberId))
                .map(Candidate::session)
                .toList()
                .forEach(this::end));
    }

    /** Lets every other answer to a change stay out from now on, or no longer: what was asked for is done all the same. */
    public void withholdAnswers(boolean whether) {
        withholdsAnswers = whether;
    }

    /** Lets those who look see the present epoch from now on, whatever comes after it, or no longer. */
    public void stopShownEpoch(boolean whether) {
        epochShown = whether ? epoch : null;
    }

    /** Lets news take up to so long from now on; zero for as long as usual. */
    public void delayNews(Duration most) {
        newsMax = most.isZero() ? times.newsMax() : most;
    }

    /** How many stand in the queue. */
    public int candidates() {
        return candidates.size();
    }

    CompletableFuture<Long> openSession() {
        sessions.put(++numbers, process.clock().nanoTime());
        return answer(numbers);
    }

    /** Keeps a session alive; false when it is over. */
    CompletableFuture<Boolean> ping(long session) {
        return CompletableFuture.completedFuture(
                sessions.replace(session, process.clock().nanoTime()) != null);
    }

    /** Queues for the lead, in the place of whatever the same life of the member left there. */
    CompletableFuture<Long> stand(long session, LogMember member, long life) {
        requireSession(session);
        members.put(session, member.id());
        candidates.values().removeIf(candidate -> candidate.member.id().equals(member.id()) && candidate.life <= life);
        candidates.put(++numbers, new Candidate(session, member, life));
        tellOfNews();
        return answer(numbers);
    }

    /** The answer to what has been done. */
    private <A> CompletableFuture<A> answer(A value) {
        if (withholdsAnswers && chance.oneIn(2)) {
            process.machine().scheduler().effects().add(Effect.STORE_ANSWER_WITHHELD);
            return new CompletableFuture<>();
        }
        return CompletableFuture.completedFuture(value);
    }

    CompletableFuture<Look> look(long number, LogMember member, long life) {
        EpochRecord shown = epochShown != null ? epochShown : chance.oneIn(4) ? epochBefore : epoch;
        if (shown.epoch() < epoch.epoch()) {
            process.machine().scheduler().effects().add(Effect.STORE_EPOCH_SHOWN_LATE);
        }
        return CompletableFuture.completedFuture(new Look(place(number, member, life), shown));
    }

    private Place place(long number, LogMember member, long life) {
        boolean later = candidates.values().stream()
                .anyMatch(candidate -> candidate.member.id().equals(member.id()) && candidate.life > life);
        if (later) {
            return Place.REPLACED;
        }
        if (!candidates.containsKey(number)) {
            return Place.MISSING;
        }
        return candidates.firstKey() == number ? Place.FIRST : Place.QUEUED;
    }

    CompletableFuture<EpochRecord> readEpoch() {
        return CompletableFuture.completedFuture(epoch);
    }

    /** Sets the epoch and changes records, all or nothing, if the epoch was set exactly so often before. */
    CompletableFuture<Boolean> write(long session, EpochRecord next, List<Change<K, V>> changes) {
        requireSession(session);
        if (epoch.writes() != next.writes() - 1) {
            return CompletableFuture.completedFuture(false);
        }
        boolean newEpoch = next.epoch() != epoch.epoch();
        lastWriter = members.get(session);
        epochBefore = epoch;
        epoch = next;
        for (Change<K, V> change : changes) {
            switch (change) {
                case Change.Put<K, V>(K key, V value) -> state.put(key, value);
                case Change.Remove<K, V>(K key) -> state.remove(key);
            }
        }
        if (newEpoch) {
            process.machine().scheduler().effects().add(Effect.CONTROLLER_EPOCH_BEGUN);
            tellOfNews();
        }
        return answer(true);
    }

    CompletableFuture<Contents<K, V>> read() {
        return CompletableFuture.completedFuture(new Contents<>(logId, new LinkedHashMap<>(state)));
    }

    CompletableFuture<Boolean> endSession(long session) {
        end(session);
        return CompletableFuture.completedFuture(true);
    }

    Inbound<Void> watch(Outbound<News> back) {
        watchers.add(back);
        return new Inbound<>() {
            @Override
            public void onMessage(@Nullable Void nothing) {}

            @Override
            public void onEnd(String why) {
                watchers.remove(back);
            }
        };
    }

    private void requireSession(long session) {
        if (!sessions.containsKey(session)) {
            throw new CallFailedException(CallFailedException.Reason.REFUSED, "the session is over");
        }
    }

    /** A store that was away itself blames nobody for its own silence. */
    private void expireTheSilent() {
        long now = process.clock().nanoTime();
        Duration step = times.session().dividedBy(10);
        if (now - lookedAt > times.session().dividedBy(2).toNanos()) {
            sessions.replaceAll((_, _) -> now);
        }
        lookedAt = now;
        List<Long> silent = new ArrayList<>();
        sessions.forEach((session, heard) -> {
            if (now - heard > times.session().toNanos()) {
                silent.add(session);
            }
        });
        silent.forEach(this::end);
        loop.schedule(step, this::expireTheSilent);
    }

    private void end(long session) {
        sessions.remove(session);
        members.remove(session);
        process.machine().scheduler().effects().add(Effect.STORE_SESSION_OVER);
        if (candidates.values().removeIf(candidate -> candidate.session == session)) {
            tellOfNews();
        }
    }

    private void tellOfNews() {
        for (Outbound<News> watcher : List.copyOf(watchers)) {
            Duration after = chance.between(Duration.ZERO, newsMax);
            if (after.compareTo(times.confirm()) > 0) {
                process.machine().scheduler().effects().add(Effect.STORE_NEWS_LATE);
            }
            loop.schedule(after, () -> watcher.send("news", 16, new News()));
        }
    }
}
