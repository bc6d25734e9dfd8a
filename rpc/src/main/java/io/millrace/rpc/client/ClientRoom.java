package io.millrace.rpc.client;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.limits.InFlightBytes;

/** The memory of this process that requests to all brokers and their answers may take. Safe for all threads. */
public final class ClientRoom {
    private final EventLoop loop;
    private final InFlightBytes requests;
    private final InFlightBytes answers;

    /** Empty room; the loop keeps the lines of those who wait. */
    public ClientRoom(ClientLimits limits, EventLoop loop) {
        this.loop = loop;
        this.requests = new InFlightBytes(loop, limits.requestBytesInFlightMax());
        this.answers = new InFlightBytes(loop, limits.answerBytesInFlightMax());
    }

    /** Bytes of requests that are not yet answered. */
    public long requestBytes() {
        return requests.used();
    }

    /** Bytes of answers that are coming in. */
    public long answerBytes() {
        return answers.used();
    }

    EventLoop loop() {
        return loop;
    }

    InFlightBytes requests() {
        return requests;
    }

    InFlightBytes answers() {
        return answers;
    }
}
