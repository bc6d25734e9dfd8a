package io.millrace.core.api;

/**
 * Producer ids that belong to whoever asked for them, and to nobody else ever.
 *
 * @param firstId the least of them
 * @param count how many, one after the other
 */
public record ProducerIdBlock(long firstId, int count) {
    /** How many can be asked for at once. */
    public static final int COUNT_MAX = 10_000;
}
