package io.millrace.rpc.wire;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import java.util.function.Function;

/** Outcomes, which travel as a oneof of what was done and a refusal; each kind of answer has a oneof of its own. */
public final class Outcomes {
    private Outcomes() {}

    /** Makes the message from whichever of the two there is. */
    public static <T, M> M encode(
            Outcome<T> outcome, Function<T, M> done, Function<io.millrace.internal.v1.Refusal, M> refused) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> done.apply(value);
            case Outcome.Refused<T>(Refusal refusal) -> refused.apply(Refusals.encode(refusal));
        };
    }

    /** What was refused at the other end. */
    public static <T> Outcome<T> refused(io.millrace.internal.v1.Refusal refusal) {
        return Outcome.refused(Refusals.decode(refusal));
    }

    /** The refusal for a request that cannot be read; nothing of it was carried out. */
    public static <T> Outcome<T> refused(MalformedMessageException malformed) {
        return Outcome.refused(new Refusal.InvalidRequest(malformed.problem()));
    }

    /** The outcome of a request whose answer came and cannot be read, so that nobody can say what became of it. */
    public static <T> Outcome<T> unreadable(MalformedMessageException malformed) {
        return Outcome.refused(new Refusal.TimedOut(
                "The answer could not be read, so what was asked may have happened: " + malformed.problem()));
    }
}
