package io.millrace.gateway.kafka.network;

import io.millrace.gateway.kafka.wire.Reply;

/** Where the reply to one frame goes. Replies leave in the order of their frames, whichever is ready first. */
public interface Answer {
    /**
     * Replies, once, on any thread. The frame is not the handler's any more.
     *
     * @param muteMillis for how long the connection is not read on once the reply has had its turn (KIP-219); 0 for not at all
     */
    void reply(Reply reply, int muteMillis);

    /**
     * Says that the reply will bring so many bytes of records at most, and returns how many it may bring. While replies hold as much
     * memory as they may, or are going to, the connection is not read on. Called once at most, before there is a reply, on the
     * connection's thread.
     */
    int expect(int recordBytesMax);

    /** Runs the task when the connection ends before there is a reply, also when it has ended already. */
    void whenAbandoned(Runnable task);
}
