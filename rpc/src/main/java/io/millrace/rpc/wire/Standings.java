package io.millrace.rpc.wire;

import io.millrace.core.api.ControllerStanding;
import io.millrace.internal.v1.ActiveController;
import io.millrace.internal.v1.FindControllerResponse;
import io.millrace.internal.v1.NotActive;
import java.util.Optional;

/** Who decides, as controllers tell it. */
public final class Standings {
    private Standings() {}

    /** Cannot fail. */
    public static ActiveController encode(ControllerStanding.ActiveController active) {
        return ActiveController.newBuilder()
                .setControllerId(active.id())
                .setHost(active.host())
                .setPort(active.port())
                .setEpoch(active.epoch())
                .build();
    }

    /** How a controller that stands by ends a call. */
    public static NotActive notActive(ControllerStanding standing) {
        NotActive.Builder to = NotActive.newBuilder();
        if (standing.active() != null) {
            to.setActive(encode(standing.active()));
        }
        return to.build();
    }

    /** The controller that decides according to another one; nothing when that does not know. */
    public static Optional<ControllerStanding.ActiveController> hint(NotActive from) throws MalformedMessageException {
        return from.hasActive() ? Optional.of(decode(from.getActive())) : Optional.empty();
    }

    /** The controller that decides according to the one that was asked; nothing when that does not know. */
    public static Optional<ControllerStanding.ActiveController> hint(FindControllerResponse from)
            throws MalformedMessageException {
        return from.hasActive() ? Optional.of(decode(from.getActive())) : Optional.empty();
    }

    private static ControllerStanding.ActiveController decode(ActiveController from) throws MalformedMessageException {
        return new ControllerStanding.ActiveController(
                Endpoints.text("A controller id", from.getControllerId()),
                Endpoints.host(from.getHost()),
                Endpoints.port(from.getPort()),
                from.getEpoch());
    }
}
