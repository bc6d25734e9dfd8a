package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.gateway.kafka.address.AdvertisedAddress;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** DescribeCluster (KIP-700): the brokers. Controllers are not told: clients of Kafka's protocol cannot talk to them. */
final class DescribeClusterHandler implements ApiHandler<DescribeClusterRequestData> {
    private static final byte BROKERS = 1;

    private final MetadataView view;
    private final AdvertisedAddresses addresses;

    DescribeClusterHandler(MetadataView view, AdvertisedAddresses addresses) {
        this.view = view;
        this.addresses = addresses;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_CLUSTER, 0, 2);
    }

    @Override
    public void handle(DescribeClusterRequestData request, Call call) {
        ClusterImage image = view.image();
        AdvertisedAddress address = addresses.of(call.client().listener());
        ToldBrokers told = ToldBrokers.of(image, address, call.client());
        DescribeClusterResponseData response = new DescribeClusterResponseData()
                .setClusterId(image.clusterId())
                .setControllerId(told.controller())
                .setEndpointType(request.endpointType());
        if (request.endpointType() != BROKERS) {
            call.reply(response.setErrorCode(Errors.UNSUPPORTED_ENDPOINT_TYPE.code())
                    .setErrorMessage("Only brokers are told of, not controllers."));
            return;
        }
        if (request.includeClusterAuthorizedOperations()) {
            response.setClusterAuthorizedOperations(AuthorizedOperations.CLUSTER);
        }
        brokers(told, request.includeFencedBrokers())
                .forEach(broker -> response.brokers()
                        .add(new DescribeClusterBroker()
                                .setBrokerId(broker.brokerId())
                                .setHost(address.hostOf(broker.brokerId()))
                                .setPort(address.portOf(broker.brokerId()))
                                .setRack(broker.rack())
                                .setIsFenced(broker.fenced())));
        call.reply(response);
    }

    private static List<BrokerImage> brokers(ToldBrokers told, boolean withFenced) {
        return withFenced ? List.copyOf(told.image().brokers().values()) : told.list();
    }
}
