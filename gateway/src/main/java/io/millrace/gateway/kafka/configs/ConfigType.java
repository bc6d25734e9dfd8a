package io.millrace.gateway.kafka.configs;

/** What a value is, with its number in the protocol. */
public enum ConfigType {
    BOOLEAN(1),
    STRING(2),
    INT(3),
    LONG(5),
    LIST(7);

    private final byte code;

    ConfigType(int code) {
        this.code = (byte) code;
    }

    /** The number in the protocol. */
    public byte code() {
        return code;
    }
}
