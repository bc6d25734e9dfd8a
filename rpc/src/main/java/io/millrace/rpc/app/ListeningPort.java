package io.millrace.rpc.app;

/**
 * Where this process listens for other processes of its cluster. Asked when a part of it joins the cluster, in a phase after
 * {@link RpcServer#PHASE}.
 */
@FunctionalInterface
public interface ListeningPort {
    /** The process serves itself only. */
    ListeningPort NONE = () -> 0;

    /** The port that is really bound, or 0 when there is none. */
    int number();
}
