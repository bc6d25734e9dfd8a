package io.millrace.gateway.rest.write;

/** Where a request's records go. */
record WriteTarget(String clusterId, String topic) {}
