package io.millrace.system.nemesis;

import io.millrace.system.cluster.Link;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The way from one process to another that is bad.
 *
 * @param way in words
 * @param strike what happens to it
 */
record LinkFault(FaultKind kind, String way, Link link, Consumer<Link> strike) implements Fault {
    @Override
    public String name() {
        return kind + " " + way;
    }

    @Override
    public Set<String> victims() {
        return Set.of(way);
    }

    @Override
    public void begin() {
        strike.accept(link);
    }

    @Override
    public void end() {
        link.heal();
    }
}
