package io.millrace.gateway.routing;

import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import java.util.ArrayList;
import java.util.List;

/** A controller whose watchers hear of changes only when the test says so. */
final class LaggingController extends ForwardingController {
    private final List<MetadataListener> listeners = new ArrayList<>();

    LaggingController() {
        super(InMemoryController.withBroker());
    }

    /** Shows all watchers the present picture. */
    void catchUp() {
        listeners.forEach(listener -> listener.onSnapshot(image()));
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        listeners.add(listener);
        listener.onSnapshot(image());
        return () -> listeners.remove(listener);
    }
}
