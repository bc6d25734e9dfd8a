package io.millrace.core.records;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A header of a record; keys may repeat, and their order is kept.
 *
 * @param value from position to limit, or null; nobody moves the position
 */
public record RecordHeader(String key, @Nullable ByteBuffer value) {}
