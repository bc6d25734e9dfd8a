package io.millrace.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Entrance entrance = new Entrance();

    @AfterEach
    void close() {
        entrance.close();
    }

    @Test
    void connectionsGoToServersInTurnAndNotToThoseThatAreDown() throws IOException {
        try (Greeter one = new Greeter('1');
                Greeter two = new Greeter('2')) {
            entrance.addServer(one.port());
            entrance.addServer(two.port());
            assertThat(new int[] {greeting(), greeting()}).containsExactlyInAnyOrder('1', '2');

            one.goDown();
            assertThat(new int[] {greeting(), greeting()}).containsExactly('2', '2');
        }
    }

    @Test
    void aConnectionEndsWithItsServer() throws IOException {
        try (Greeter server = new Greeter('1');
                Socket client = connect(server)) {
            assertThat(client.getInputStream().read()).isEqualTo('1');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(entrance.connections()).isEqualTo(1);
    }

    private Socket connect(Greeter server) throws IOException {
        entrance.addServer(server.port());
        return connect();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), entrance.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private int greeting() throws IOException {
        try (Socket client = connect()) {
            return client.getInputStream().read();
        }
    }

    /** Greets with one character, and hangs up. */
    private static final class Greeter implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Greeter(char greeting) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listener.isClosed()) {
                    try (Socket client = listener.accept()) {
                        client.getOutputStream().write(greeting);
                    } catch (IOException closed) {
                        // Then the loop ends.
                    }
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        void goDown() throws IOException {
            listener.close();
        }

        @Override
        public void close() throws IOException {
            goDown();
        }
    }
}
