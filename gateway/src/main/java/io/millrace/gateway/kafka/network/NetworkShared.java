package io.millrace.gateway.kafka.network;

/** What all connections of a server share. */
record NetworkShared(
        NetworkOptions options, FrameMemory memory, FrameRoom room, FrameHandler handler, NetworkObserver observer) {}
