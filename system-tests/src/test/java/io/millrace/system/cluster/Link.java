package io.millrace.system.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The way of TCP connections from one process to another, through the tests' JVM. It can be cut, which both ends notice, or
 * go silent, which nobody notices but by waiting: bytes stay on their way until the link is healed.
 */
public final class Link implements AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int BACKLOG = 100;

    /** Which way bytes go. */
    public enum Direction {
        /** From the one that connects. */
        THERE,
        /** From the one that listens. */
        BACK
    }

    private final InetSocketAddress entrance;
    private final int exit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Direction> silent = EnumSet.noneOf(Direction.class);
    private Duration delay = Duration.ZERO;
    private @Nullable ServerSocket listener;

    /** Opens a link from an address to a port of the loopback interface. */
    Link(InetSocketAddress entrance, int exit) {
        this.entrance = entrance;
        this.exit = exit;
        listen();
    }

    /** Closes its connections and refuses new ones. */
    public synchronized void cut() {
        try {
            ServerSocket open = listener;
            if (open != null) {
                open.close();
                listener = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(Link::close);
    }

    /** Lets nothing through any more, both ways. */
    public void silence() {
        silence(Direction.THERE);
        silence(Direction.BACK);
    }

    /** Lets nothing through any more that goes this way. */
    public synchronized void silence(Direction direction) {
        silent.add(direction);
    }

    /** Makes everything take so much longer that comes from now on; each way. */
    public synchronized void delay(Duration each) {
        delay = each;
    }

    /** Makes it a good link again; what was silenced goes on its way. */
    public synchronized void heal() {
        silent.clear();
        delay = Duration.ZERO;
        notifyAll();
        if (listener == null) {
            listen();
        }
    }

    @Override
    public void close() {
        cut();
        synchronized (this) {
            silent.clear();
            notifyAll();
        }
    }

    private void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(entrance, BACKLOG);
            listener = socket;
            Thread.ofVirtual().start(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("No link can begin at " + entrance, e);
        }
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                connect(open.accept());
            } catch (IOException closed) {
                // Then the loop ends; or one connection came to nothing, as connections do.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), exit);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        synchronized (this) {
            sockets.addAll(List.of(client, server));
            if (listener == null) {
                // It was cut while this connection was made.
                sockets.forEach(Link::close);
            }
        }
        Thread.ofVirtual().start(() -> pump(client, server, Direction.THERE));
        Thread.ofVirtual().start(() -> pump(server, client, Direction.BACK));
    }

    private void pump(Socket from, Socket to, Direction direction) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                pass(direction);
                out.write(chunk, 0, read);
            }
            // The end of a connection is news too.
            pass(direction);
        } catch (IOException | InterruptedException broken) {
            // Either end may go at any time; the other one hears of it.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Returns when bytes may go on their way. */
    private void pass(Direction direction) throws InterruptedException {
        Duration pause;
        synchronized (this) {
            while (silent.contains(direction)) {
                wait();
            }
            pause = delay;
        }
        if (pause.isPositive()) {
            Thread.sleep(pause);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
