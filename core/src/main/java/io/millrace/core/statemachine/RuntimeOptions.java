package io.millrace.core.statemachine;

import io.millrace.core.api.Refusal;
import java.util.function.Function;

/**
 * How a runtime treats commands that it cannot carry out.
 *
 * @param subject who decides, as the beginning of a sentence, for example "The controller"
 * @param commandsWaitingMax commands that may wait for their turn; more are refused as overload
 * @param notAvailable makes the refusal for a time without a leader out of its sentence
 */
public record RuntimeOptions(String subject, int commandsWaitingMax, Function<String, Refusal> notAvailable) {
    private static final long RETRY_AFTER_MILLIS = 100;

    Refusal notLeading() {
        return notAvailable.apply(
                subject + " is not deciding at the moment, because this process does not lead its log.");
    }

    Refusal outcomeUnknown() {
        return notAvailable.apply(
                subject + " lost the lead while it wrote this change: it may or may not have happened.");
    }

    Refusal shuttingDown() {
        return new Refusal.ShuttingDown(subject + " is shutting down.");
    }

    Refusal overloaded(int waiting) {
        return new Refusal.Overloaded(
                subject + " has " + waiting + " commands waiting, which is its limit.", RETRY_AFTER_MILLIS);
    }
}
