package io.millrace.cli.partition;

/** A broker that replicas may go to. */
record Broker(int id, String rack) {}
