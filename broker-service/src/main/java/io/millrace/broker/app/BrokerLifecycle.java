package io.millrace.broker.app;

import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.model.Endpoint;
import io.millrace.process.PartStart;
import io.millrace.rpc.app.ListeningPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the broker with the process, after the controller and before the front doors, and stops it the other way round. */
final class BrokerLifecycle implements SmartLifecycle {
    /** Controllers start in earlier phases, servers in later ones. */
    static final int PHASE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLifecycle.class);

    private final BrokerNode node;
    private final BrokerProperties properties;
    private final ListeningPort port;
    private final ClientEndpoints clients;
    private final PartStart starting;
    private final DirectoryLocks locks = new DirectoryLocks(new FileDisk());
    private volatile boolean running;

    BrokerLifecycle(
            BrokerNode node,
            BrokerProperties properties,
            ListeningPort port,
            ClientEndpoints clients,
            PartStart starting) {
        this.node = node;
        this.properties = properties;
        this.port = port;
        this.clients = clients;
        this.starting = starting;
    }

    @Override
    public void start() {
        running = true;
        starting.run(this::join);
    }

    /** Returns when the broker takes writes; throws IllegalStateException when it never will. */
    private void join() {
        locks.acquire(properties.options().logDirectories());
        boolean joined = false;
        try {
            List<Endpoint> endpoints = new ArrayList<>(clients.endpoints());
            endpoints.addFirst(properties.endpoint(port.number()));
            if (node.start(endpoints).join() instanceof Outcome.Refused<BrokerRegistered> refused) {
                throw new IllegalStateException(refused.refusal().message());
            }
            joined = true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalStateException known) {
                throw known;
            }
            throw e;
        } finally {
            if (!joined) {
                locks.close();
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        try {
            node.stop(properties.handOverTimeout()).get(properties.stopTimeout().toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("All logs are flushed and closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not every log was closed in order; the next start checks them", e);
        } finally {
            locks.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
