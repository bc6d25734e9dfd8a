package io.millrace.core.metadata;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a quota limits. Each limit holds at one gateway, as it does at one broker in Kafka: who goes through several of them
 * has it several times.
 */
public enum QuotaKind {
    /** Bytes per second that are produced (KIP-13). */
    PRODUCER_BYTE_RATE("producer_byte_rate", Long.MAX_VALUE),
    /** Bytes per second that are fetched (KIP-13). */
    CONSUMER_BYTE_RATE("consumer_byte_rate", Long.MAX_VALUE),
    /** Time spent on requests, in percent of the time of one thread (KIP-124); more than 100 is more than one thread. */
    REQUEST_PERCENTAGE("request_percentage"),
    /** Partitions per second that are created, added or deleted (KIP-599). */
    CONTROLLER_MUTATION_RATE("controller_mutation_rate"),
    /** Connections per second that are opened from one address (KIP-612). */
    CONNECTION_CREATION_RATE("connection_creation_rate", Integer.MAX_VALUE);

    private static final SortedMap<String, QuotaKind> BY_NAME = byName();

    private final String configName;

    /** Greatest limit of a kind of which there are whole numbers only; 0 when there are fractions. */
    private final long wholeMax;

    /** A kind that may have fractions. */
    QuotaKind(String configName) {
        this(configName, 0);
    }

    QuotaKind(String configName, long wholeMax) {
        this.configName = configName;
        this.wholeMax = wholeMax;
    }

    /** Kafka's name, as {@code producer_byte_rate}. */
    public String configName() {
        return configName;
    }

    /** The kind of that name of Kafka's. */
    public static Optional<QuotaKind> named(String configName) {
        return Optional.ofNullable(BY_NAME.get(configName));
    }

    /** Says that there is no kind of that name, and which there are. */
    public static String noneNamed(String name) {
        return "There is no quota '" + TopicConfig.abbreviated(name) + "'; there are "
                + String.join(", ", BY_NAME.keySet()) + ".";
    }

    /** True when it is set for addresses only; the others are set for users and client ids only. */
    public boolean forAddresses() {
        return this == CONNECTION_CREATION_RATE;
    }

    /** Returns what is wrong with a limit in words for its sender, or nothing when it is legal. */
    public Optional<String> problemOf(double limit) {
        if (!(limit > 0) || Double.isInfinite(limit)) { // what is not a number is not greater than 0 either
            return Optional.of(
                    configName + " must be a number greater than 0, not " + limit + "; to end a quota, reset it.");
        }
        if (wholeMax > 0 && (limit > wholeMax || limit != Math.rint(limit))) {
            return Optional.of(configName + " must be a whole number of at most " + wholeMax + ", not " + limit + ".");
        }
        return Optional.empty();
    }

    private static SortedMap<String, QuotaKind> byName() {
        SortedMap<String, QuotaKind> kinds = new TreeMap<>();
        for (QuotaKind kind : values()) {
            kinds.put(kind.configName, kind);
        }
        return Collections.unmodifiableSortedMap(kinds);
    }
}
