package io.millrace.cli.gateway;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gateway without a cluster behind it, on a port of its own choice. */
public final class FakeGateway implements AutoCloseable {
    public static final int MAX_BATCH_BYTES = 2 << 20;

    private final FakeLog log = new FakeLog();
    private final FakeClusterService cluster = new FakeClusterService();
    private final FakePartitionService partitions = new FakePartitionService();
    private final FakeQuotaService quotas = new FakeQuotaService();
    private final FakeConsumerService consumer = new FakeConsumerService(log);
    private final FakeProducerService producer = new FakeProducerService(log, MAX_BATCH_BYTES);
    private final Server server;

    public FakeGateway() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new FakeTopicService(log))
                    .addService(producer)
                    .addService(consumer)
                    .addService(cluster)
                    .addService(partitions)
                    .addService(quotas)
                    .maxInboundMessageSize(2 * MAX_BATCH_BYTES)
                    .build()
                    .start();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    public FakeLog log() {
        return log;
    }

    public FakeClusterService cluster() {
        return cluster;
    }

    public FakePartitionService partitions() {
        return partitions;
    }

    public FakeQuotaService quotas() {
        return quotas;
    }

    public FakeProducerService producer() {
        return producer;
    }

    public FakeConsumerService consumer() {
        return consumer;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
