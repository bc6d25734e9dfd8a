package io.millrace.core.statemachine;

/**
 * One keyed record of a decision. The state of a machine is the latest record of each key.
 *
 * @param <K> what records are about; has equals and hashCode
 * @param <V> what they say
 */
public sealed interface Change<K, V> {
    /** What the change is about. */
    K key();

    /** From now on this holds for the key. */
    record Put<K, V>(K key, V value) implements Change<K, V> {}

    /** From now on nothing holds for the key. */
    record Remove<K, V>(K key) implements Change<K, V> {}
}
