package io.millrace.history;

/** One sender of writes, with what its protocol promises it. */
public record Producer(int id, String name, Sending sending, Retrying retrying) {}
