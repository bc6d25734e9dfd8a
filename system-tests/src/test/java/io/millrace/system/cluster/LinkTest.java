package io.millrace.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.system.cluster.Link.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 200;

    private ServerSocket server;
    private InetSocketAddress entrance;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        entrance = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.next());
        link = new Link(entrance, server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void aGoodLinkCarriesBytesBothWaysAndTheEnd() throws IOException {
        try (Socket client = connect();
                Socket peer = accept()) {
            client.getOutputStream().write(1);
            assertThat(peer.getInputStream().read()).isEqualTo(1);
            peer.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
            peer.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aCutLinkEndsItsConnectionsAndRefusesOthersUntilItIsHealed() throws IOException {
        try (Socket client = connect();
                Socket peer = accept()) {
            link.cut();

            assertThat(endOf(client)).isEqualTo(-1);
            assertThat(endOf(peer)).isEqualTo(-1);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        link.heal();
        try (Socket client = connect();
                Socket peer = accept()) {
            client.getOutputStream().write(3);
            assertThat(peer.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void whatIsSilencedOneWayGoesOnItsWayWhenTheLinkIsHealed() throws IOException {
        try (Socket client = connect();
                Socket peer = accept()) {
            link.silence(Direction.THERE);
            client.getOutputStream().write(4);
            peer.getOutputStream().write(5);

            assertThat(client.getInputStream().read()).isEqualTo(5);
            peer.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            link.heal();
            peer.setSoTimeout(PATIENCE_MILLIS);
            assertThat(peer.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void aSlowLinkTakesItsTimeEachWay() throws IOException {
        try (Socket client = connect();
                Socket peer = accept()) {
            link.delay(Duration.ofMillis(50));
            long start = System.nanoTime();
            client.getOutputStream().write(6);
            peer.getOutputStream().write(peer.getInputStream().read());

            assertThat(client.getInputStream().read()).isEqualTo(6);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(entrance.getAddress(), entrance.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private Socket accept() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** A reset is an end too. */
    private static int endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return -1;
        }
    }
}
