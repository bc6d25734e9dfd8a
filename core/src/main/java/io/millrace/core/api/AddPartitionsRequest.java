package io.millrace.core.api;

/**
 * A topic to widen.
 *
 * @param partitionCount the new total, greater than the present one
 * @param validateOnly checks everything and changes nothing
 */
public record AddPartitionsRequest(String topic, int partitionCount, boolean validateOnly) {}
