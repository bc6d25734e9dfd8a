package io.millrace.controller.node;

/** Hears what a controller decides, on its event loop. Must be quick and must not throw. */
@FunctionalInterface
public interface ControllerObserver {
    /** Nobody listens. */
    ControllerObserver NONE = (command, done) -> {};

    /**
     * A command was answered.
     *
     * @param command for example create-topic
     * @param done false when it was refused
     */
    void decided(String command, boolean done);

    /** See {@link io.millrace.controller.control.ElectionObserver}. */
    default void elected(int leaders, int eligible, int unclean) {}
}
