package io.millrace.gateway.rest.records;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A key or value as a caller gave it.
 *
 * @param bytes what is stored, or null
 */
public record TypedData(DataType type, @Nullable ByteBuffer bytes) {
    /** How many bytes are stored. */
    public int size() {
        return bytes == null ? 0 : bytes.remaining();
    }
}
