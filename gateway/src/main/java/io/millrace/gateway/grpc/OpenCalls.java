package io.millrace.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.core.api.Refusal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The endless calls that are open, so that they can be counted, and ended before the process stops. Safe for any thread. */
public final class OpenCalls {
    /** What a call says that ends because of it. */
    static final Refusal STOPPING =
            new Refusal.ShuttingDown("This gateway is stopping: connect again, or to another one.");

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** How many there are now. */
    public int count() {
        return endings.size();
    }

    /** Ends every call, now and from now on. */
    public void stop() {
        stopped = true;
        endings.forEach(Runnable::run);
    }

    /** Keeps the call until it is over. To be called while its listener is being made, before which it can have no end. */
    void opened(ServerCallStreamObserver<?> call, Runnable onCancel, Runnable ending) {
        call.setOnCancelHandler(() -> {
            endings.remove(ending);
            onCancel.run();
        });
        call.setOnCloseHandler(() -> endings.remove(ending));
        endings.add(ending);
        if (stopped) {
            ending.run();
        }
    }
}
