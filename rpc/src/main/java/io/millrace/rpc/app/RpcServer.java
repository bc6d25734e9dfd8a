package io.millrace.rpc.app;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens for other processes of the cluster. It is there before the part that tells others of its port, and until that
 * part has handed over.
 */
public final class RpcServer implements SmartLifecycle, ListeningPort {
    /** Before brokers and controllers join their cluster, which happens in later phases. */
    public static final int PHASE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final long STOP_PATIENCE_MILLIS = 2_000;

    private final String host;
    private final int port;
    private final UnaryOperator<NettyServerBuilder> setUp;
    private final Runnable endStreams;
    private @Nullable Server server;

    /**
     * A server that does not listen yet.
     *
     * @param host to listen on
     * @param port to listen on, or 0 for any free one
     * @param setUp adds services and limits
     * @param endStreams ends the calls that go on until somebody ends them, so that a stop need not wait for them
     */
    public RpcServer(String host, int port, UnaryOperator<NettyServerBuilder> setUp, Runnable endStreams) {
        this.host = host;
        this.port = port;
        this.setUp = setUp;
        this.endStreams = endStreams;
    }

    @Override
    public int number() {
        Server listening = server;
        if (listening == null) {
            throw new IllegalStateException("The server for other processes does not listen yet.");
        }
        return listening.getPort();
    }

    @Override
    public void start() {
        try {
            server = setUp.apply(NettyServerBuilder.forAddress(new InetSocketAddress(host, port)))
                    .build()
                    .start();
            LOG.info("Listening for other processes of the cluster on {}:{}", host, number());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot listen for other processes of the cluster on " + host + ":" + port + ": " + e.getMessage(),
                    e);
        }
    }

    /** Takes no calls any more, ends streams, and after a short patience whatever else is under way. */
    @Override
    public void stop() {
        Server listening = server;
        server = null;
        if (listening == null) {
            return;
        }
        listening.shutdown();
        endStreams.run();
        try {
            listening.awaitTermination(STOP_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listening.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
