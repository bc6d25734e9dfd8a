package io.millrace.rpc.client;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.limits.InFlightBytes;

/** The memory of this process that requests to all brokers and their answers may take. Safe for all threads. */
public final class ClientRoom {
    private final EventLoop loop;
    private final InFlightBytes requests;
    private final InFlightBytes answers;
    private final InFlightBytes smallAnswers;

    /** Empty room; the loop keeps the lines of those who wait. */
    public ClientRoom(ClientLimits limits, EventLoop loop) {
        this.loop = loop;
        this.requests = new InFlightBytes(loop, limits.requestBytesInFlightMax());
        this.answers = new InFlightBytes(loop, limits.answerBytesInFlightMax());
        this.smallAnswers = new InFlightBytes(loop, Long.MAX_VALUE);
    }

    /** Bytes of requests that are not yet answered. */
    public long requestBytes() {
        return requests.used();
    }

    /** Bytes of answers with records that are coming in. */
    public long answerBytes() {
        return answers.used();
    }

    EventLoop loop() {
        return loop;
    }

    InFlightBytes requests() {
        return requests;
    }

    /** Of answers that have records in them. */
    InFlightBytes answers() {
        return answers;
    }

    /**
     * Of answers that tell what became of a request: they are as bounded as the requests are, and to turn one away would be
     * to lose the news of what was done.
     */
    InFlightBytes smallAnswers() {
        return smallAnswers;
    }
}
