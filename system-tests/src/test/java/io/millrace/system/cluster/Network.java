package io.millrace.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where processes find each other. Servers have names, and each process has its own idea of their addresses: on a network
 * with links a loopback address for each pair, at which a {@link Link} begins. So a server tells everybody one name and one
 * port, and yet the way between any two can be cut. Needs an operating system to which all of 127.0.0.0/8 is loopback.
 */
final class Network implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final boolean linked;
    private final Path folder;
    private final Map<String, Integer> servers = new LinkedHashMap<>();
    private final Map<String, Map<String, Link>> links = new LinkedHashMap<>();

    Network(boolean linked, Path folder) {
        this.linked = linked;
        this.folder = folder;
    }

    /** Makes a server known, before those who connect to it. */
    void addServer(String name, int port) {
        servers.put(name, port);
    }

    /** The name under which others reach that server. */
    String hostOf(String server) {
        return linked ? server : LOOPBACK;
    }

    /** Host and port of that server. */
    String addressOf(String server) {
        return hostOf(server) + ":" + portOf(server);
    }

    /** Prepares the ways of a process to all servers, and returns what its JVM has to be told about them. */
    List<String> connect(String client) {
        if (!linked) {
            return List.of();
        }
        int net = links.size() + 1;
        List<String> hosts = new ArrayList<>(List.of(LOOPBACK + " localhost", LOOPBACK + " " + client));
        Map<String, Link> ways = new LinkedHashMap<>();
        servers.forEach((server, port) -> {
            if (!server.equals(client)) {
                String address = "127.64." + net + "." + (ways.size() + 1);
                ways.put(server, new Link(new InetSocketAddress(InetAddress.ofLiteral(address), port), port));
                hosts.add(address + " " + server);
            }
        });
        links.put(client, ways);
        Path file = folder.resolve(client + ".hosts");
        try {
            Files.write(file, hosts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-Djdk.net.hosts.file=" + file);
    }

    /** The way from one process to a server. */
    Link link(String client, String server) {
        return Optional.ofNullable(links.get(client))
                .map(ways -> ways.get(server))
                .orElseThrow(() -> new IllegalArgumentException("There is no link from " + client + " to " + server));
    }

    @Override
    public void close() {
        links.values().forEach(ways -> ways.values().forEach(Link::close));
    }

    /** The port of that server. */
    int portOf(String server) {
        return Optional.ofNullable(servers.get(server))
                .orElseThrow(() -> new IllegalArgumentException("There is no server " + server));
    }
}
