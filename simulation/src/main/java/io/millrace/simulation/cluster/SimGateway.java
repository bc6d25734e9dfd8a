package io.millrace.simulation.cluster;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.produce.ProduceObserver;
import io.millrace.gateway.produce.ProducerEnvironment;
import io.millrace.gateway.produce.ProducerOptions;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.remote.BrokerLink;
import io.millrace.gateway.remote.RoutedBrokers;
import io.millrace.gateway.remote.RoutingPatience;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.Partitioner;
import io.millrace.gateway.routing.ProducerIds;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Channel;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.remote.BrokerSeat;
import io.millrace.simulation.remote.BrokerTarget;
import io.millrace.simulation.remote.RemoteBroker;
import io.millrace.simulation.remote.RemoteController;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimEventLoop;
import io.millrace.simulation.schedule.SimProcess;
import io.millrace.simulation.schedule.WorkTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway on a machine of its own, without its protocols. */
public final class SimGateway extends SimNode {
    static final int PORT = 8082;

    private static final Duration RETRY_FOR = Duration.ofSeconds(1);
    private static final Duration RETRY_BACKOFF = Duration.ofMillis(20);
    private static final RoutingPatience PATIENCE = new RoutingPatience(Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final ProducerOptions PRODUCER = new ProducerOptions(
            Duration.ZERO,
            512 << 10,
            128L << 20,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            RETRY_FOR,
            RETRY_BACKOFF);
    private static final int STICKY_BYTES = 16 << 10;

    private final Network network;
    private final List<Address> controllers;
    private @Nullable Front front;

    SimGateway(Machine machine, Network network, List<Address> controllers) {
        super(machine, "gateway");
        this.network = network;
        this.controllers = List.copyOf(controllers);
    }

    /** Where clients find it. */
    public Address address() {
        return new Address(machine().name(), PORT);
    }

    /** What is behind its protocols, of the present life or the last one. */
    public @Nullable Front front() {
        return front;
    }

    @Override
    void run(SimProcess started) {
        SimEventLoop timers = started.loop("timers");
        RemoteController controller = new RemoteController(network, started, controllers);
        MetadataView view = new MetadataView(controller);
        RoutedBrokers brokers = new RoutedBrokers(
                view,
                (clusterId, broker, endpoint) -> link(started, clusterId, broker, endpoint),
                timers,
                started.clock(),
                PATIENCE);
        RecordProducer producer = new RecordProducer(
                new ProducerEnvironment(brokers, view, started.clock(), PRODUCER, new ProduceObserver() {}),
                new Partitioner(STICKY_BYTES, machine().scheduler().chance(started + " of " + machine())),
                List.of(started.loop("lanes-0"), started.loop("lanes-1")));
        BrokerRetry retry = new BrokerRetry(timers, started.clock(), RETRY_FOR, RETRY_BACKOFF);
        Front made = new Front(brokers, retry, controller, view, producer, new ProducerIds(controller));
        front = made;
        network.listen(started, PORT)
                .offer(Front.class, made)
                .offer(
                        BrokerSeat.class,
                        new BrokerSeat(
                                brokers,
                                () -> BrokerTarget.ANY,
                                started.workers(
                                        "answers", WorkTime.of(Duration.ofNanos(1_000), Duration.ofNanos(9_000), 1))));
    }

    private BrokerLink link(SimProcess started, String clusterId, BrokerImage broker, Endpoint endpoint) {
        Address address = new Address(endpoint.host(), endpoint.port());
        Channel asking = network.channel(started, address);
        Channel reading = network.channel(started, address);
        RemoteBroker remote =
                new RemoteBroker(asking, reading, new BrokerTarget(clusterId, broker.brokerId(), broker.brokerEpoch()));
        return new BrokerLink() {
            @Override
            public BrokerApi broker() {
                return remote;
            }

            @Override
            public void close() {
                asking.close();
                reading.close();
            }
        };
    }
}
