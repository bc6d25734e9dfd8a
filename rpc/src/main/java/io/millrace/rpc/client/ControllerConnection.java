package io.millrace.rpc.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.millrace.core.api.ControllerStanding.ActiveController;

/** A channel to a controller that has said of itself that it decides. Two of them are never equal. */
final class ControllerConnection {
    private final ActiveController controller;
    private final ControllerAddress address;
    private final String clusterId;
    private final ManagedChannel channel;

    ControllerConnection(
            ActiveController controller, ControllerAddress address, String clusterId, ManagedChannel channel) {
        this.controller = controller;
        this.address = address;
        this.clusterId = clusterId;
        this.channel = channel;
    }

    ActiveController controller() {
        return controller;
    }

    int epoch() {
        return controller.epoch();
    }

    /** Empty when the controller did not say. */
    String clusterId() {
        return clusterId;
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Whether a call ended so because its connection did: a server that stops at once cancels what is under way. */
    static boolean isBrokenBy(Status end) {
        return end.getCode() == Status.Code.UNAVAILABLE || end.getCode() == Status.Code.CANCELLED;
    }

    /** Ends every call that is under way. */
    void close() {
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return "controller " + controller.id() + " (" + address + ", epoch " + controller.epoch() + ")";
    }
}
