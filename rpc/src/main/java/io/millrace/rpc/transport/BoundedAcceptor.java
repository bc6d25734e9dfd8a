package io.millrace.rpc.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections up to a limit and closes those beyond it at once, before anything is kept for them. */
public final class BoundedAcceptor extends NioServerSocketChannel {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedAcceptor.class);

    private final int connectionsMax;
    private final AtomicInteger connections = new AtomicInteger();
    /** Whether the latest connection was refused. Confined to the thread that accepts. */
    private boolean full;

    private BoundedAcceptor(int connectionsMax) {
        this.connectionsMax = connectionsMax;
    }

    /** Makes acceptors with that limit. */
    public record Factory(int connectionsMax) implements ChannelFactory<ServerChannel> {
        @Override
        public ServerChannel newChannel() {
            return new BoundedAcceptor(connectionsMax);
        }
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            Channel connection = (Channel) accepted.get(i);
            if (connections.incrementAndGet() > connectionsMax) {
                accepted.remove(i);
                connections.decrementAndGet();
                warnOnce(connection);
                connection.unsafe().closeForcibly();
            } else {
                full = false;
                connection.closeFuture().addListener(closed -> connections.decrementAndGet());
            }
        }
        return Math.min(read, accepted.size() - before);
    }

    /** Once until there is room again, so that who keeps trying does not fill the log. */
    private void warnOnce(Channel refused) {
        if (!full) {
            LOG.warn(
                    "Closes connections like that from {}: there are {} already",
                    refused.remoteAddress(),
                    connectionsMax);
        }
        full = true;
    }
}
