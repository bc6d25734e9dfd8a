package io.millrace.core.statemachine;

import java.util.Map;

/**
 * The right to write to a log, with what the log holds.
 *
 * @param logId identity of the log, made by its first leader and never changed
 * @param epoch greater than that of every earlier leader; no leader of an earlier epoch can write any more
 * @param version greater by one than the latest that was committed: a lead begins with a version of its own, as its
 *     state need not be what any process saw under an earlier one
 * @param state the latest record of each key, in no order. When the leader before stopped in the middle of a split
 *     decision, the first part of that decision is in it.
 */
public record Leadership<K, V>(String logId, int epoch, long version, Map<K, V> state) {}
