package io.millrace.gateway.kafka.configs;

/** Where the value of a config comes from. The protocol has numbers for it, which kafka-clients keeps to itself. */
public enum ConfigSource {
    /** Set for the topic. */
    TOPIC(1),
    /** From the settings with which a process was started. */
    PROCESS(4),
    /** Set by nobody. */
    DEFAULT(5);

    private final byte code;

    ConfigSource(int code) {
        this.code = (byte) code;
    }

    /** The number in the protocol. */
    public byte code() {
        return code;
    }
}
