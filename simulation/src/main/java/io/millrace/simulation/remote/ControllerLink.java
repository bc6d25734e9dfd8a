package io.millrace.simulation.remote;

import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.EventLoop;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Call;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the controller that decides and keeps a connection to it; follows the highest epoch that it has heard of, never an
 * older one. It goes by the same rules as the product's client over gRPC. Confined to the network loop of its process.
 */
final class ControllerLink {
    private final Network network;
    private final SimProcess process;
    private final EventLoop loop;
    private final List<Address> bootstrap;
    private final Consumer<Connected> whenConnected;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private ControllerStanding standing = ControllerStanding.UNKNOWN;
    private @Nullable Connected current;
    private @Nullable Address hint;
    private int highestEpoch = Integer.MIN_VALUE;
    private boolean searching;

    ControllerLink(Network network, SimProcess process, List<Address> bootstrap, Consumer<Connected> whenConnected) {
        this.network = network;
        this.process = process;
        this.loop = process.network();
        this.bootstrap = List.copyOf(bootstrap);
        this.whenConnected = whenConnected;
    }

    /** A connection to a controller that said it decides. */
    static final class Connected {
        private final ActiveController controller;
        private final Channel channel;

        Connected(ActiveController controller, Channel channel) {
            this.controller = controller;
            this.channel = channel;
        }

        ActiveController controller() {
            return controller;
        }

        Channel channel() {
            return channel;
        }
    }

    /** Uses a connection, or hears why there is none. */
    interface Use {
        void with(Connected connection);

        void without(Refusal refusal);
    }

    private final class Waiting {
        private final Use use;
        private EventLoop.@Nullable Timer timeout;

        Waiting(Use use) {
            this.use = use;
        }

        void giveUp() {
            if (waiting.remove(this)) {
                use.without(notAvailable());
            }
        }

        void goOn(Connected connection) {
            if (timeout != null) {
                timeout.cancel();
            }
            use.with(connection);
        }
    }

    ControllerStanding standing() {
        return standing;
    }

    /** Uses the connection as soon as there is one, at the latest after that time. */
    void use(Duration patience, Use use) {
        Connected connection = current;
        if (connection != null) {
            use.with(connection);
        } else if (!patience.isPositive()) {
            use.without(notAvailable());
        } else {
            Waiting waiter = new Waiting(use);
            waiter.timeout = loop.schedule(patience, waiter::giveUp);
            waiting.add(waiter);
            search();
        }
    }

    /** That connection is of no use any more. */
    void lost(Connected connection) {
        if (connection == current) {
            current = null;
        }
        connection.channel().close();
        search();
    }

    /** The controller at the other end does not decide any more. */
    void notActive(Connected connection, @Nullable ActiveController instead) {
        if (instead != null) {
            heard(instead);
        }
        lost(connection);
    }

    /** Whether the controller at the other end has lost its log. */
    void suspended(Connected connection, boolean isSuspended) {
        if (connection == current && standing.suspended() != isSuspended) {
            standing = new ControllerStanding(connection.controller(), isSuspended);
            search();
        }
    }

    /** Whether what comes from that epoch still counts. */
    boolean isLatest(int epoch) {
        if (epoch > highestEpoch) {
            highestEpoch = epoch;
            Connected connection = current;
            if (connection != null && connection.controller().epoch() < epoch) {
                lost(connection);
            }
        }
        return epoch == highestEpoch;
    }

    /** Looks for a controller, if need be, a pause after the look before. */
    void search() {
        if (!searching && (current == null || standing.suspended())) {
            searching = true;
            loop.schedule(ControllerOptions.DEFAULTS.searchPause(), () -> new Round().begin());
        }
    }

    private boolean heard(ActiveController controller) {
        boolean latest = isLatest(controller.epoch());
        if (latest) {
            hint = new Address(controller.host(), controller.port());
            if (current == null) {
                standing = new ControllerStanding(controller, false);
            }
        }
        return latest;
    }

    private void found(Connected connection, boolean isSuspended) {
        Connected present = current;
        if (connection.controller().epoch() < highestEpoch) {
            connection.channel().close();
        } else if (present != null) {
            suspended(present, isSuspended);
            connection.channel().close();
        } else {
            current = connection;
            standing = new ControllerStanding(connection.controller(), isSuspended);
            whenConnected.accept(connection);
            List<Waiting> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(waiter -> waiter.goOn(connection));
        }
    }

    private static Refusal notAvailable() {
        return new Refusal.ControllerNotAvailable("No controller decides at the moment, as far as can be seen here.");
    }

    /** Asks all controllers at once who decides, and those that they name. */
    private final class Round {
        private final Set<Address> asked = new LinkedHashSet<>();
        private int open;
        private @Nullable Connected suspended;

        void begin() {
            bootstrap.forEach(this::ask);
            if (hint != null) {
                ask(hint);
            }
        }

        private void ask(Address address) {
            if (!asked.add(address)) {
                return;
            }
            open++;
            Channel channel = network.channel(process, address);
            Call<ControllerSeat, ControllerSeat.Found> call =
                    new Call<>("find", 16, ControllerSeat.class, ControllerSeat::find, _ -> 64, false);
            var _ = channel.ask(call, ControllerOptions.DEFAULTS.probe()).whenComplete((found, failure) -> {
                if (failure == null) {
                    answered(channel, found);
                } else {
                    channel.close();
                }
                open--;
                if (open == 0) {
                    end();
                }
            });
        }

        private void answered(Channel channel, ControllerSeat.Found found) {
            ActiveController active = found.standing().active();
            boolean latest = active != null && heard(active);
            if (active != null && latest && active.id().equals(found.id())) {
                keep(new Connected(active, channel), found.standing().suspended());
                return;
            }
            if (active != null && latest) {
                ask(new Address(active.host(), active.port()));
            }
            channel.close();
        }

        /** One that has lost its log is the choice only if nobody else decides. */
        private void keep(Connected connection, boolean isSuspended) {
            Connected other = suspended;
            if (!isSuspended) {
                found(connection, false);
            } else if (other == null) {
                suspended = connection;
            } else {
                connection.channel().close();
            }
        }

        private void end() {
            if (suspended != null) {
                found(suspended, true);
            }
            searching = false;
            search();
        }
    }
}
