package io.millrace.gateway.kafka.handler;

import io.millrace.gateway.kafka.network.Client;

/** What the client of a connection says that it is (KIP-511), as far as that makes a difference. */
final class ClientSoftware {
    private static final String KAFKAS_OWN = "apache-kafka-java";

    private volatile boolean knowsBrokersById;

    static ClientSoftware of(Client client) {
        return client.keep(ClientSoftware.class, ClientSoftware::new);
    }

    /** It has introduced itself. */
    void introduced(String name) {
        knowsBrokersById = name.equals(KAFKAS_OWN);
    }

    /**
     * Whether several brokers at one address are several brokers to it. librdkafka gives an address to the last broker that has it
     * (its issue 4212) and finds no leader among the others. kafkajs does the same with the address that it started from, and
     * loses what it writes to the others. Whoever does not say that he is Kafka's own client is not trusted with it.
     */
    boolean knowsBrokersById() {
        return knowsBrokersById;
    }
}
