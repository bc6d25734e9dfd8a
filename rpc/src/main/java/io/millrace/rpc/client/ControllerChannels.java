package io.millrace.rpc.client;

import io.grpc.ManagedChannel;

/** Opens channels to controllers. */
@FunctionalInterface
public interface ControllerChannels {
    /** A new channel, which may connect as late as at its first call; to be shut down by the caller. */
    ManagedChannel open(ControllerAddress address);
}
