package io.millrace.gateway.rest.records;

/** What the bytes of a key or value are, as Confluent's REST API names it. */
public enum DataType {
    /** Any bytes; base64 (RFC 4648, section 4) in JSON. */
    BINARY,
    /** A JSON text, which stands in the JSON around it as it is. */
    JSON,
    /** A text in UTF-8. */
    STRING
}
