package io.millrace.simulation.network;

import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.Effects;
import io.millrace.simulation.schedule.SimProcess;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One end of a connection, which notices by itself that the connection has broken. */
final class End {
    private final SimProcess process;
    private final TreeMap<Long, Consumer<String>> whenBroken = new TreeMap<>();
    private @Nullable Pipe out;
    private long numbers;
    private boolean open = true;

    End(SimProcess process) {
        this.process = process;
    }

    void sendsBy(Pipe pipe) {
        out = pipe;
    }

    SimProcess process() {
        return process;
    }

    boolean isOpen() {
        return open;
    }

    /** Sends a task that the process at the other end runs on its network loop. */
    void send(String label, int bytes, Runnable task) {
        if (open && out != null && process.isAlive()) {
            out.send(label, bytes, task);
        }
    }

    void arrived(Runnable task) {
        if (open) {
            process.network().post(() -> {
                if (open) {
                    task.run();
                }
            });
        } else if (process.isAlive()) {
            effects().add(Effect.MESSAGE_LOST);
        }
    }

    /** Hears of the break, on the network loop, until it is forgotten. */
    long whenBroken(Consumer<String> listener) {
        whenBroken.put(++numbers, listener);
        return numbers;
    }

    void forget(long number) {
        whenBroken.remove(number);
    }

    /** This end is of no use any more; says whether it was until now. */
    boolean close(String why) {
        if (!open) {
            return false;
        }
        open = false;
        if (process.isAlive()) {
            effects().add(Effect.CONNECTION_BROKEN);
        }
        List<Consumer<String>> listeners = List.copyOf(whenBroken.values());
        whenBroken.clear();
        process.network().post(() -> listeners.forEach(listener -> listener.accept(why)));
        return true;
    }

    private Effects effects() {
        return process.machine().scheduler().effects();
    }
}
