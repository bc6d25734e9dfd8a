package io.millrace.rpc.wire;

import io.millrace.core.model.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Where processes listen. */
public final class Endpoints {
    /** Most endpoints of one process: there are a handful of listeners. */
    public static final int COUNT_MAX = 16;

    /** Longest listener, host, rack or id in characters; a host name has at most 253. */
    public static final int TEXT_LENGTH_MAX = 255;

    private static final int PORT_MAX = 65_535;

    private Endpoints() {}

    static List<io.millrace.internal.v1.Endpoint> encode(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoints::encode).toList();
    }

    static List<Endpoint> decode(List<io.millrace.internal.v1.Endpoint> from) throws MalformedMessageException {
        if (from.size() > COUNT_MAX) {
            throw new MalformedMessageException(
                    "A process has at most " + COUNT_MAX + " endpoints; this one has " + from.size() + ".");
        }
        List<Endpoint> endpoints = new ArrayList<>(from.size());
        for (io.millrace.internal.v1.Endpoint endpoint : from) {
            endpoints.add(new Endpoint(
                    text("A listener", endpoint.getListener()),
                    text("A host", endpoint.getHost()),
                    port(endpoint.getPort())));
        }
        return endpoints;
    }

    /** Whether connections can be made to a host of that name: letters, digits, dots and hyphens, or an IP address. */
    public static boolean isHost(String name) {
        try {
            return new URI(null, null, name, PORT_MAX, null, null, null).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Refuses a host that no connection can be made to. */
    static String host(String name) throws MalformedMessageException {
        if (!isHost(text("A host", name))) {
            throw new MalformedMessageException(
                    "A host has a name of letters, digits, dots and hyphens, or is an IP address; '" + name
                            + "' is neither.");
        }
        return name;
    }

    /** Refuses endpoints that no connection can be made to. */
    static List<Endpoint> reachable(List<Endpoint> endpoints) throws MalformedMessageException {
        for (Endpoint endpoint : endpoints) {
            host(endpoint.host());
        }
        return endpoints;
    }

    /** Refuses what is empty or longer than {@link #TEXT_LENGTH_MAX}. */
    static String text(String what, String text) throws MalformedMessageException {
        if (text.isEmpty() || text.length() > TEXT_LENGTH_MAX) {
            throw new MalformedMessageException(
                    what + " has 1 to " + TEXT_LENGTH_MAX + " characters; this one has " + text.length() + ".");
        }
        return text;
    }

    /** Takes 0, which says that nobody can reach it over a network. */
    static int port(int port) throws MalformedMessageException {
        if (port < 0 || port > PORT_MAX) {
            throw new MalformedMessageException("A port is at most " + PORT_MAX + "; " + port + " is impossible.");
        }
        return port;
    }

    private static io.millrace.internal.v1.Endpoint encode(Endpoint endpoint) {
        return io.millrace.internal.v1.Endpoint.newBuilder()
                .setListener(endpoint.listener())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .build();
    }
}
