package io.millrace.standalone;

/** A record as one of the front doors shows it; key and value are UTF-8 text here. */
record Stored(int partition, long offset, String key, String value) {}
