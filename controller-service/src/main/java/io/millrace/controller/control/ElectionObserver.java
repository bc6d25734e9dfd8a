package io.millrace.controller.control;

/** Hears of elections once they are committed, on the controller's event loop. Must be quick and must not throw. */
@FunctionalInterface
public interface ElectionObserver {
    /**
     * One decision has given partitions another leader.
     *
     * @param leaders partitions that have a new leader
     * @param eligible how many of these are led by a replica that was eligible and not in sync
     * @param unclean how many of these are led by a replica that may lack acknowledged records
     */
    void elected(int leaders, int eligible, int unclean);
}
