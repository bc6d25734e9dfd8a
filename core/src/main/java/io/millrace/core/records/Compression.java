package io.millrace.core.records;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the records of a batch are compressed; the ids are those of the batch attributes (KIP-98, KIP-110). */
public enum Compression {
    NONE(0),
    GZIP(1),
    SNAPPY(2),
    LZ4(3),
    ZSTD(4);

    /** Looked up for every batch, where values() would make a copy each time. */
    private static final List<Compression> BY_ID = List.of(values());

    private final int id;

    Compression(int id) {
        this.id = id;
    }

    /** The number in the lowest three bits of a batch's attributes. */
    public int id() {
        return id;
    }

    /** The codec of that id, if there is one. */
    public static Optional<Compression> forId(int id) {
        return id >= 0 && id < BY_ID.size() ? Optional.of(BY_ID.get(id)) : Optional.empty();
    }

    /** The codec that people call so, in any case: none, gzip, snappy, lz4, zstd. */
    public static Optional<Compression> named(String name) {
        for (Compression codec : values()) {
            if (codec.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
