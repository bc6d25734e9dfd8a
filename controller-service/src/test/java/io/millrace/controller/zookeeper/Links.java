package io.millrace.controller.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The links of one process to every server of an ensemble: they can be slow, and they can swallow everything. */
public final class Links implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LOOK_MILLIS = 5;

    private final List<ServerSocket> doors = new ArrayList<>();
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile long delayMillis;
    private volatile boolean dead;
    private volatile boolean closed;

    /** Links to the servers, which are fast. */
    public Links(Ensemble ensemble) throws IOException {
        for (int port : ensemble.ports()) {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            doors.add(door);
            Thread.ofVirtual().start(() -> accept(door, port));
        }
    }

    /** What to connect to in place of the servers. */
    public String connectString() {
        return doors.stream().map(door -> "127.0.0.1:" + door.getLocalPort()).collect(Collectors.joining(","));
    }

    /** From now on everything takes so long in each direction. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** From now on nothing arrives, though connections seem to stand. */
    public void cut() {
        dead = true;
    }

    /** What was sent in vain arrives late, and everything goes on. */
    public void mend() {
        dead = false;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (ServerSocket door : doors) {
            door.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(ServerSocket door, int port) {
        while (!closed) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> pump(near, far));
                Thread.ofVirtual().start(() -> pump(far, near));
            } catch (IOException serverIsAway) {
                // The client sees its connection end, as it would without this link.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Thread.sleep(delayMillis);
                while (dead && !closed) {
                    Thread.sleep(LOOK_MILLIS);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException over) {
            // One side is gone, so the other one goes too.
        }
    }
}
