package io.millrace.gateway.rest.body;

import java.io.IOException;
import java.net.SocketTimeoutException;

/** Tells a body whose next bytes took too long from one whose sender is gone: the container wraps both alike. */
public final class IdleBody {
    private IdleBody() {}

    /** Says whether the body only stopped coming. */
    public static boolean is(IOException failure) {
        return failure instanceof SocketTimeoutException || failure.getCause() instanceof SocketTimeoutException;
    }

    /** Returns when the body only stopped coming, and throws the failure on otherwise. */
    public static void orThrow(IOException failure) throws IOException {
        if (!is(failure)) {
            throw failure;
        }
    }
}
