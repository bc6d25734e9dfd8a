package io.millrace.core.metadata;

/** Whom one part of a {@link QuotaEntity} means. In order, names come by their text and the default behind them. */
public sealed interface QuotaName extends Comparable<QuotaName> {
    /** The user, client id or address of that name. */
    static QuotaName of(String name) {
        return new Named(name);
    }

    /** One user, client id or address. */
    record Named(String name) implements QuotaName {
        @Override
        public String toString() {
            return "'" + TopicConfig.abbreviated(name) + "'";
        }
    }

    /** Whoever has no quota under a name; null in Kafka's protocol (KIP-546). */
    record Default() implements QuotaName {
        /** There is one such name. */
        public static final Default NAME = new Default();

        @Override
        public String toString() {
            return "default";
        }
    }

    @Override
    default int compareTo(QuotaName other) {
        return switch (this) {
            case Named(String name) -> other instanceof Named(String otherName) ? name.compareTo(otherName) : -1;
            case Default() -> other instanceof Default ? 0 : 1;
        };
    }
}
