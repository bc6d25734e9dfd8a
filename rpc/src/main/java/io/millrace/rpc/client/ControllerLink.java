package io.millrace.rpc.client;

import io.grpc.SynchronizationContext.ScheduledHandle;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Refusal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the controller that decides, and looks for it whenever there is none or the present one has lost its
 * log. Follows the highest epoch that it has heard of, never an older one. Confined to the client's context.
 */
final class ControllerLink implements ControllerRound.Finder {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerLink.class);

    private final ClientContext context;
    private final List<ControllerAddress> bootstrap;
    private final ClusterIdentity cluster;
    private final Consumer<ControllerConnection> whenConnected;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private volatile ControllerStanding standing = ControllerStanding.UNKNOWN;
    private @Nullable ControllerConnection current;
    private @Nullable ControllerAddress hint;
    private int highestEpoch = Integer.MIN_VALUE;
    private boolean searching;
    private boolean closed;
    private boolean saidSo;
    private long lastRoundNanos;
    private String lastAnswers = "nobody was asked yet";

    /**
     * A link that looks for nobody yet.
     *
     * @param cluster whose controllers are followed
     * @param whenConnected is told of each new connection
     */
    ControllerLink(
            ClientContext context,
            List<ControllerAddress> bootstrap,
            ClusterIdentity cluster,
            Consumer<ControllerConnection> whenConnected) {
        this.context = context;
        this.bootstrap = List.copyOf(bootstrap);
        this.cluster = cluster;
        this.whenConnected = whenConnected;
        this.lastRoundNanos =
                System.nanoTime() - context.options().searchPause().toNanos();
    }

    /** Uses a connection, or hears why there is none. */
    interface Use {
        void with(ControllerConnection connection);

        void without(Refusal refusal);
    }

    /** Somebody who waits for a connection, and no longer than until this is run. */
    private final class Waiting implements Runnable {
        private final Use use;
        private @Nullable ScheduledHandle timeout;

        Waiting(Use use) {
            this.use = use;
        }

        @Override
        public void run() {
            if (waiting.remove(this)) {
                use.without(notAvailable());
            }
        }

        void goOn() {
            if (timeout != null) {
                timeout.cancel();
            }
            use(Duration.ZERO, use);
        }
    }

    /** Who decides, as far as it was heard; on any thread. */
    ControllerStanding standing() {
        return standing;
    }

    /** Uses the connection as soon as there is one, at the latest after that time. */
    void use(Duration patience, Use use) {
        ControllerConnection connection = current;
        if (closed) {
            use.without(new Refusal.ShuttingDown("This process is about to stop and asks no controller any more."));
        } else if (connection != null) {
            use.with(connection);
        } else if (!patience.isPositive()) {
            use.without(notAvailable());
        } else {
            Waiting waiter = new Waiting(use);
            waiter.timeout = context.schedule(patience, waiter);
            waiting.add(waiter);
            search();
        }
    }

    /** That connection is of no use any more. */
    void lost(ControllerConnection connection, String why) {
        if (connection == current) {
            LOG.warn("Left {}: {}", connection, why);
            current = null;
        }
        connection.close();
        search();
    }

    /** The controller at the other end of that connection does not decide any more. */
    void notActive(ControllerConnection connection, @Nullable ActiveController instead) {
        if (instead != null) {
            heard(instead);
        }
        lost(connection, "it stands by" + (instead == null ? "" : ", " + instead.id() + " decides"));
    }

    /** Whether the controller at the other end has lost its log; if so, somebody else may decide already. */
    void suspended(ControllerConnection connection, boolean isSuspended) {
        if (connection == current && standing.suspended() != isSuspended) {
            LOG.info("{} {}", connection, isSuspended ? "has lost its log and decides nothing" : "decides again");
            standing = new ControllerStanding(connection.controller(), isSuspended);
            search();
        }
    }

    /** Whether what comes from that epoch still counts. */
    boolean isLatest(int epoch) {
        if (epoch > highestEpoch) {
            highestEpoch = epoch;
            ControllerConnection connection = current;
            if (connection != null && connection.epoch() < epoch) {
                lost(connection, "epoch " + epoch + " has begun");
            }
        }
        return epoch == highestEpoch;
    }

    @Override
    public boolean heard(ActiveController controller) {
        boolean latest = isLatest(controller.epoch());
        if (latest) {
            hint = controller.port() > 0 ? new ControllerAddress(controller.host(), controller.port()) : hint;
            if (current == null) {
                standing = new ControllerStanding(controller, false);
            }
        }
        return latest;
    }

    @Override
    public void found(ControllerConnection connection, boolean isSuspended) {
        if (closed || connection.epoch() < highestEpoch || !isOurs(connection)) {
            connection.close();
        } else if (current != null) {
            // The same one again, as its epoch is the same; what it says of itself may be new.
            suspended(current, isSuspended);
            connection.close();
        } else {
            saidSo = false;
            LOG.info("Following {} of cluster '{}'", connection, connection.clusterId());
            current = connection;
            standing = new ControllerStanding(connection.controller(), isSuspended);
            whenConnected.accept(connection);
            letGoOn();
        }
    }

    @Override
    public void roundEnded(String answers) {
        lastAnswers = answers;
        searching = false;
        if (current == null && !closed && !saidSo) {
            saidSo = true;
            LOG.warn(
                    "No controller decides, as far as can be seen from here; asking again until one does: {}", answers);
        }
        search();
    }

    /** Looks for a controller, if need be and at its time. */
    void search() {
        if (closed || searching || (current != null && !standing.suspended())) {
            return;
        }
        searching = true;
        long since = System.nanoTime() - lastRoundNanos;
        Duration pause = context.options().searchPause().minusNanos(since);
        var _ = context.schedule(pause.isNegative() ? Duration.ZERO : pause, this::beginRound);
    }

    /** Refuses those who wait, and everybody later. */
    void close() {
        closed = true;
        letGoOn();
        ControllerConnection connection = current;
        current = null;
        if (connection != null) {
            connection.close();
        }
    }

    /** One that does not say is asked for its picture, which does. */
    private boolean isOurs(ControllerConnection connection) {
        return connection.clusterId().isEmpty() || cluster.isOurs(connection.clusterId());
    }

    private void letGoOn() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Waiting::goOn);
    }

    private void beginRound() {
        if (closed) {
            return;
        }
        lastRoundNanos = System.nanoTime();
        ControllerRound round = new ControllerRound(context, this);
        bootstrap.forEach(round::ask);
        if (hint != null) {
            round.ask(hint);
        }
    }

    private Refusal notAvailable() {
        return new Refusal.ControllerNotAvailable(
                "No controller decides at the moment, as far as can be seen from here: " + lastAnswers + ".");
    }
}
