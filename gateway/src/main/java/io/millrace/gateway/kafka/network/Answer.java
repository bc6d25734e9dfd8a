package io.millrace.gateway.kafka.network;

import io.millrace.gateway.kafka.wire.Reply;

/** Where the reply to one frame goes. Replies leave in the order of their frames, whichever is ready first. */
public interface Answer {
    /** Replies, once, on any thread. The frame is not the handler's any more. */
    void reply(Reply reply);

    /** Runs the task when the connection ends before there is a reply, also when it has ended already. */
    void whenAbandoned(Runnable task);
}
