package io.millrace.gateway.app;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.environment.Clock;
import io.millrace.gateway.remote.BrokerLink;
import io.millrace.gateway.remote.LocalBroker;
import io.millrace.gateway.remote.ReaderPlace;
import io.millrace.gateway.remote.RoutedBrokers;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.rpc.app.LinkMeters;
import io.millrace.rpc.app.RoomMeters;
import io.millrace.rpc.app.RpcClientProperties;
import io.millrace.rpc.app.RpcMeters;
import io.millrace.rpc.client.BrokerAddress;
import io.millrace.rpc.client.BrokerClient;
import io.millrace.rpc.client.BrokerClients;
import io.millrace.rpc.client.ClientRoom;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.wire.BrokerAddressed;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The brokers of a gateway that has none in its own process: they are asked over the network, by the picture. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RpcClientProperties.class, RemoteProperties.class})
public class RemoteConfiguration {
    private static final String THREADS = "brokerClientThreads";

    @Bean(THREADS)
    NetworkThreads brokerClientThreads(RpcClientProperties properties) {
        return new NetworkThreads("brokers", properties.networkThreads());
    }

    @Bean
    ClientRoom clientRoom(RpcClientProperties properties, GatewayLoops loops) {
        return new ClientRoom(properties.limits(), loops.timers());
    }

    @Bean
    MeterBinder brokerRequestsInFlight(ClientRoom room) {
        return registry -> RoomMeters.ofGateway(registry, room);
    }

    @Bean
    BrokerClients brokerClients(
            RpcClientProperties properties,
            ClientRoom room,
            @Qualifier(THREADS) NetworkThreads threads,
            MeterRegistry meters) {
        return new BrokerClients(
                properties.limits(),
                room,
                threads,
                brokerId -> List.of(RpcMeters.client(meters, "broker-" + brokerId)));
    }

    /** Where a broker shares the process, it is asked straight. */
    @Bean
    BrokerLink.Maker brokerLinks(BrokerClients clients, MeterRegistry meters, ObjectProvider<LocalBroker> local) {
        BrokerLink.Maker overTheNetwork = overTheNetwork(clients, meters);
        LocalBroker here = local.getIfAvailable();
        return here == null ? overTheNetwork : here.linksBefore(overTheNetwork);
    }

    @Bean
    @Primary
    BrokerApi routedBrokers(
            MetadataView view,
            BrokerLink.Maker links,
            GatewayLoops loops,
            Clock clock,
            RemoteProperties properties,
            ReadProperties reads,
            ObjectProvider<LocalBroker> local) {
        return new RoutedBrokers(
                view,
                links,
                loops.timers(),
                clock,
                properties.patience(),
                new ReaderPlace(
                        Optional.of(reads.rack()).filter(rack -> !rack.isEmpty()),
                        LocalBroker.idOf(local.getIfAvailable())));
    }

    private static BrokerLink.Maker overTheNetwork(BrokerClients clients, MeterRegistry meters) {
        return (clusterId, broker, endpoint) -> {
            BrokerClient client = clients.of(new BrokerAddress(
                    new BrokerAddressed(clusterId, broker.brokerId(), broker.brokerEpoch()),
                    endpoint.host(),
                    endpoint.port()));
            return new GrpcLink(client, meters, LinkMeters.broker(meters, broker.brokerId(), client::isConnected));
        };
    }

    /** Shown for as long as it is there, so that there are no more gauges than brokers. */
    private record GrpcLink(BrokerClient broker, MeterRegistry meters, Meter shown) implements BrokerLink {
        @Override
        public void close() {
            meters.remove(shown);
            broker.close();
        }
    }
}
