package io.millrace.core.statemachine;

import io.millrace.core.api.Refusal;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a runtime treats commands that it cannot carry out.
 *
 * @param subject who decides, as the beginning of a sentence, for example "The controller"
 * @param commandsWaitingMax commands that may wait for their turn; more are refused as overload
 * @param commandWaitMax how long a command may wait for its answer; then it is refused, whatever becomes of it
 * @param notAvailable makes the refusal for a time without a leader out of its sentence
 */
public record RuntimeOptions(
        String subject, int commandsWaitingMax, Duration commandWaitMax, Function<String, Refusal> notAvailable) {
    private static final long RETRY_AFTER_MILLIS = 100;

    Refusal notLeading(Standing standing) {
        return notAvailable.apply(
                switch (standing) {
                    case Standing.Unknown() ->
                        subject
                                + " is not deciding at the moment: this process stands by and knows of nobody who leads.";
                    case Standing.Leading(LogMember self, int epoch) ->
                        subject + " " + self.id() + " is about to decide, under epoch " + epoch + ".";
                    case Standing.Suspended(LogMember self, int epoch) ->
                        subject + " " + self.id() + " has lost its log, and the lead of epoch " + epoch
                                + " with it: it decides nothing until the log is back or another one leads.";
                    case Standing.Following(LogMember leader, int epoch) ->
                        "This process stands by: " + leader + " leads, under epoch " + epoch + ".";
                });
    }

    Refusal outcomeUnknown() {
        return notAvailable.apply(
                subject + " lost the lead while it wrote this change: it may or may not have happened.");
    }

    Refusal writtenForTooLong() {
        return notAvailable.apply(subject + " could not write this change within " + commandWaitMax.toMillis()
                + " ms: it may or may not have happened, or happen yet.");
    }

    Refusal waitedForTooLong() {
        return notAvailable.apply(subject + " did not come to this within " + commandWaitMax.toMillis()
                + " ms, as what is before it could not be written: nothing has happened.");
    }

    /** A sentence that names what to do. */
    String replaced(LogMember self) {
        return "Another process has joined as " + self.id() + " after this one, so this one takes no further part: give"
                + " each process an id of its own, and start this one again.";
    }

    /** A sentence that names what to do. */
    String stoppedByABug() {
        return subject + " of this process has met a bug and takes no further part: see its log, and start it again.";
    }

    Refusal outOfService(String why) {
        return notAvailable.apply(why);
    }

    Refusal shuttingDown() {
        return new Refusal.ShuttingDown(subject + " is shutting down.");
    }

    Refusal overloaded(int waiting) {
        return new Refusal.Overloaded(
                subject + " has " + waiting + " commands waiting, which is its limit.", RETRY_AFTER_MILLIS);
    }
}
