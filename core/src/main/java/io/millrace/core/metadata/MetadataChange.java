package io.millrace.core.metadata;

/** One step from a picture to the next. */
public sealed interface MetadataChange {
    /** What changed. */
    MetadataKey key();

    /** A new or changed fact. */
    record Put(MetadataRecord fact) implements MetadataChange {
        @Override
        public MetadataKey key() {
            return fact.key();
        }
    }

    /** A fact that ended. */
    record Removed(MetadataKey key) implements MetadataChange {}
}
