package io.millrace.gateway.kafka.handler;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/** The APIs that are served: the one list of them. */
public final class ApiTable {
    private final SortedMap<Short, FrameApi> handlers;

    /** A table of handlers, to which ApiVersions adds itself. */
    public ApiTable(List<FrameApi> served, ApiVersionsHandler.Self self) {
        SortedMap<Short, FrameApi> all = new TreeMap<>();
        served.forEach(handler -> add(all, handler));
        this.handlers = Collections.unmodifiableSortedMap(all);
        add(all, new ApiVersionsHandler(this, self));
    }

    private static void add(SortedMap<Short, FrameApi> all, FrameApi handler) {
        ApiKeys api = handler.versions().api();
        if (all.put(api.id, handler) != null) {
            throw new IllegalArgumentException("Two handlers of " + api);
        }
    }

    /** The handler of an API, or null when it is not served. */
    @Nullable
    FrameApi find(short apiKey) {
        return handlers.get(apiKey);
    }

    /** What is served, by API key. */
    public List<FrameApi.Versions> served() {
        return handlers.values().stream().map(FrameApi::versions).toList();
    }
}
