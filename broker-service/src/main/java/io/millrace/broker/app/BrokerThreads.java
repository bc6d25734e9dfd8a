package io.millrace.broker.app;

import io.millrace.broker.node.BrokerEnvironment;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every thread of a broker. */
final class BrokerThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerThreads.class);

    private final ThreadEventLoops control = new ThreadEventLoops("broker-control", 1, BrokerThreads::report);
    private final ThreadEventLoops commit = new ThreadEventLoops("broker-commit", 1, BrokerThreads::report);
    private final ThreadEventLoops partitions;
    private final ExecutorService sync;
    private final ExecutorService files;

    BrokerThreads(BrokerProperties properties) {
        partitions = new ThreadEventLoops("broker-loop", properties.eventLoops(), BrokerThreads::report);
        sync = Executors.newFixedThreadPool(properties.syncThreads(), named("broker-sync-"));
        files = Executors.newFixedThreadPool(properties.fileThreads(), named("broker-files-"));
    }

    /** The outside world as the system gives it, with these other brokers. */
    BrokerEnvironment environment(ReplicaPeers peers) {
        return new BrokerEnvironment(
                new SystemClock(),
                new SecureRandomness(),
                new FileDisk(),
                control.all().getFirst(),
                commit.all().getFirst(),
                partitions.all(),
                sync,
                files,
                peers);
    }

    /** On which the broker carries out pictures. */
    EventLoop control() {
        return control.all().getFirst();
    }

    /** Ends the threads; what they have not done by then stays undone. */
    @Override
    public void close() {
        control.close();
        partitions.close();
        commit.close();
        sync.shutdown();
        files.shutdown();
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    private static void report(Thread thread, Throwable bug) {
        LOG.error("A bug showed itself on {}", thread.getName(), bug);
    }
}
