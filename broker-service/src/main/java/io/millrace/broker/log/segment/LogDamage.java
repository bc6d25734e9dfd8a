package io.millrace.broker.log.segment;

import java.nio.file.Path;

/**
 * A place in a log that does not hold what was written there.
 *
 * @param offset from which the log cannot be trusted: the base offset of the first damaged batch
 * @param file of the segment
 * @param position in bytes, where the batch begins
 * @param what a full sentence
 */
public record LogDamage(long offset, Path file, long position, String what) {}
