package io.millrace.system.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address on the loopback interface, with several servers behind it, as a load balancer of TCP connections has them: each
 * connection goes to the next server that takes it, and ends when that server ends.
 */
public final class Entrance implements AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int BACKLOG = 100;

    private final ServerSocket listener;
    private final List<Integer> servers = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();

    /** Listens on a free port. */
    Entrance() {
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Puts a server behind it, which may be down. */
    void addServer(int port) {
        servers.add(port);
    }

    /** Where it is. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** How many connections it has passed on so far. */
    public int connections() {
        return taken.get();
    }

    @Override
    public void close() {
        close(listener);
        sockets.forEach(Entrance::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                // Then the loop ends; or one connection came to nothing, as connections do.
            }
        }
    }

    private void connect(Socket client) {
        int turn = taken.getAndIncrement();
        List<Integer> all = new ArrayList<>(servers);
        for (int i = 0; i < all.size(); i++) {
            try {
                join(client, new Socket(InetAddress.getLoopbackAddress(), all.get((turn + i) % all.size())));
                return;
            } catch (IOException down) {
                // The next one may be there.
            }
        }
        close(client);
    }

    private void join(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        if (listener.isClosed()) {
            sockets.forEach(Entrance::close);
        }
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        } catch (IOException broken) {
            // Either end may go at any time; the other one hears of it.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
