package io.millrace.core.statemachine;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.List;

/**
 * What a command leads to.
 *
 * @param changes to be written and then applied, in an order of which each beginning is legal; empty when nothing changes
 * @param outcome the answer once the changes are committed
 * @param <A> what the command yields when it is carried out
 */
public record Decision<K, V, A>(List<Change<K, V>> changes, Outcome<A> outcome) {
    public Decision {
        changes = List.copyOf(changes);
    }

    /** Changes, and what they yield. */
    public static <K, V, A> Decision<K, V, A> of(List<Change<K, V>> changes, A answer) {
        return new Decision<>(changes, Outcome.done(answer));
    }

    /** No change, because there is none to make. */
    public static <K, V, A> Decision<K, V, A> unchanged(A answer) {
        return new Decision<>(List.of(), Outcome.done(answer));
    }

    /** No change, because the command is refused. */
    public static <K, V, A> Decision<K, V, A> refused(Refusal refusal) {
        return new Decision<>(List.of(), Outcome.refused(refusal));
    }
}
