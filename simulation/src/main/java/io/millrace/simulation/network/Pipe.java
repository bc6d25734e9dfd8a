package io.millrace.simulation.network;

import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One direction of a connection: messages arrive in order, and wait while the link is cut, as TCP sends them again. */
final class Pipe {
    private final Scheduler scheduler;
    private final Link link;
    private final Consumer<Runnable> arrivals;
    private final TreeMap<Long, Message> held = new TreeMap<>();
    private long sent;
    private long lastArrival;

    Pipe(Scheduler scheduler, Link link, Consumer<Runnable> arrivals) {
        this.scheduler = scheduler;
        this.link = link;
        this.arrivals = arrivals;
    }

    private record Message(long number, String label, int bytes, Runnable task) {}

    Link link() {
        return link;
    }

    void send(String label, int bytes, Runnable task) {
        scheduler.trace().add(label, bytes);
        Message message = new Message(sent++, label, bytes, task);
        if (link.isCut() || !held.isEmpty()) {
            hold(message);
        } else {
            depart(message);
        }
    }

    void healed() {
        List<Message> waiting = new ArrayList<>(held.values());
        held.clear();
        waiting.forEach(this::depart);
    }

    private void depart(Message message) {
        lastArrival = Math.max(lastArrival + 1, scheduler.now() + link.delay(message.bytes));
        scheduler.at(lastArrival, message.label, () -> arrive(message));
    }

    private void arrive(Message message) {
        if (link.isCut()) {
            hold(message);
        } else {
            arrivals.accept(message.task);
        }
    }

    private void hold(Message message) {
        held.put(message.number, message);
        scheduler.effects().add(Effect.MESSAGE_HELD_UP);
    }
}
