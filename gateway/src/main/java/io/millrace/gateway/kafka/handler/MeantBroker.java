package io.millrace.gateway.kafka.handler;

import io.millrace.gateway.kafka.network.Client;
import java.util.OptionalInt;

/** The broker that a client believes to talk to, if it has said so (KIP-1242): the same address may stand for all of them. */
public final class MeantBroker {
    private static final int UNKNOWN = -1;

    private volatile int id = UNKNOWN;

    private MeantBroker() {}

    /** What is known of that client's connection. */
    public static MeantBroker of(Client client) {
        return client.keep(MeantBroker.class, MeantBroker::new);
    }

    void is(int brokerId) {
        id = Math.max(UNKNOWN, brokerId);
    }

    /** Its id. */
    public OptionalInt id() {
        int said = id;
        return said == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(said);
    }
}
