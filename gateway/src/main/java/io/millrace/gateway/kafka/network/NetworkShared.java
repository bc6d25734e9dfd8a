package io.millrace.gateway.kafka.network;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections of a server share.
 *
 * @param heldBytes memory of replies that their clients have not taken
 */
record NetworkShared(
        NetworkOptions options,
        FrameMemory memory,
        FrameRoom room,
        AtomicLong heldBytes,
        FrameHandler handler,
        NetworkObserver observer) {}
