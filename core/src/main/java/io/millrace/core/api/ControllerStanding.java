package io.millrace.core.api;

import org.jspecify.annotations.Nullable;

/**
 * Who decides at the moment.
 *
 * @param active the controller that decides, or null while none is known
 * @param suspended true when that one has lost its log and has heard of no successor: it keeps leases and pictures going,
 *     and decides nothing
 */
public record ControllerStanding(@Nullable ActiveController active, boolean suspended) {
    /** Nobody is known to decide. */
    public static final ControllerStanding UNKNOWN = new ControllerStanding(null, false);

    /**
     * A controller that decides.
     *
     * @param id of its process
     * @param host under which other processes reach it
     * @param port under which other processes reach it; 0 when it serves its own process only
     * @param epoch under which it decides
     */
    public record ActiveController(String id, String host, int port, int epoch) {}
}
