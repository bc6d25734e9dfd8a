package io.millrace.rpc.server;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;

/** A controller, and which one of all controllers it is. Safe for several threads. */
record ControllerSeat(ControllerApi controller, String controllerId) {
    ControllerStanding standing() {
        return controller.standing();
    }

    /** Whether this controller is the one that decides, as far as it knows itself. */
    boolean decidesBy(ControllerStanding standing) {
        return standing.active() != null && standing.active().id().equals(controllerId);
    }
}
