package io.millrace.system;

import io.millrace.system.client.KafkaTraffic;
import io.millrace.system.cluster.Await;
import java.time.Duration;

/** How much of a flow says that it goes on. */
final class Flow {
    static final int RECORDS = 300;
    static final Duration LIMIT = Duration.ofSeconds(60);

    private Flow() {}

    /** Waits until so many records more are stored, and as many read. */
    static void await(KafkaTraffic traffic) {
        long stored = traffic.stored() + RECORDS;
        long read = traffic.read() + RECORDS;
        Await.until("records to be stored", LIMIT, () -> traffic.stored() >= stored);
        Await.until("records to be read", LIMIT, () -> traffic.read() >= read);
    }
}
