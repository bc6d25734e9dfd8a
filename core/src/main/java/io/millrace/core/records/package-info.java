/** Record batches in format v2, Kafka's: view, check, build, compress; no input or output. */
@NullMarked
package io.millrace.core.records;

import org.jspecify.annotations.NullMarked;
