package io.millrace.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedAcceptorTest {
    private static final int END_OF_STREAM = -1;
    private static final int PATIENCE_MILLIS = 20_000;

    private final NetworkThreads threads = new NetworkThreads("test", 1);
    private final Channel server = listen();

    private Channel listen() {
        return new ServerBootstrap()
                .group(threads.acceptor(), threads.workers())
                .channelFactory(new BoundedAcceptor.Factory(1))
                .childHandler(new Echo())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close().sync();
        threads.close();
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndTheOneBeforeItGoesOn() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            assertThat(isClosed(second)).isTrue();
            assertThat(echoes(first)).isTrue();
        }
    }

    private static boolean echoes(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        return socket.getInputStream().read() == 'x';
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == END_OF_STREAM;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(server.localAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends back what comes. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var _ = context.writeAndFlush(message);
        }
    }
}
