package io.millrace.system.client;

/**
 * One record that a load tried to store.
 *
 * @param value the number of the write in the recording
 * @param partition it was sent to
 * @param sentNanos when, on this JVM's clock
 * @param answeredNanos when its fate was known, as far as it is
 */
public record Attempt(long value, int partition, long sentNanos, long answeredNanos, Fate fate) {
    /** The one error after which a record may be stored nevertheless. */
    private static final String TIMED_OUT = "REQUEST_TIMED_OUT";

    /** What the platform said of it. */
    public sealed interface Fate {
        /** It is stored there. */
        record Stored(long offset) implements Fate {}

        /** It is not stored. */
        record Refused(String why) implements Fate {}

        /** It may be stored. */
        record Unknown(String why) implements Fate {}

        /** What an error says by its name in Kafka's protocol. */
        static Fate of(String kafkaError, String message) {
            String why = kafkaError + ": " + message;
            return kafkaError.equals(TIMED_OUT) ? new Unknown(why) : new Refused(why);
        }
    }

    /** Whether it was acknowledged. */
    public boolean isStored() {
        return fate instanceof Fate.Stored;
    }
}
