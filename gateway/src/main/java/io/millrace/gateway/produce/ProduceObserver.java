package io.millrace.gateway.produce;

/** Hears what the producer does; called on its loops, so answers must be quick. */
public interface ProduceObserver {
    /** Hears nothing. */
    ProduceObserver NONE = new ProduceObserver() {};

    /** A batch was appended. */
    default void batchAppended(int records, int batchBytes) {}

    /** A batch is tried again, because its leader is missing or has moved. */
    default void batchRetried() {}

    /** Records were refused, before or by the broker. */
    default void recordsRefused(int records) {}
}
