package io.millrace.simulation.network;

import io.millrace.simulation.schedule.SimProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process that listens, and what it offers. */
public final class Server {
    private final SimProcess process;
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();

    Server(SimProcess process) {
        this.process = process;
    }

    SimProcess process() {
        return process;
    }

    /** Offers a service from now on. */
    public <S> Server offer(Class<S> type, S service) {
        services.put(type, service);
        return this;
    }

    <S> S service(Class<S> type) {
        Object service = services.get(type);
        if (service == null) {
            throw new CallFailedException(
                    CallFailedException.Reason.REFUSED, process + " does not offer " + type.getSimpleName());
        }
        return type.cast(service);
    }
}
