package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
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
        ToldBrokers told = ToldBrokers.of(image, addresses.of(call.client().listener()), call.client());
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
                .forEach(broker -> response.brokers().add(answer(broker, told.addressOf(broker))));
        call.reply(response);
    }

    private static DescribeClusterBroker answer(BrokerImage broker, Endpoint address) {
        return new DescribeClusterBroker()
                .setBrokerId(broker.brokerId())
                .setHost(address.host())
                .setPort(address.port())
                .setRack(broker.rack())
                .setIsFenced(broker.fenced());
    }

    private static List<BrokerImage> brokers(ToldBrokers told, boolean withFenced) {
        return withFenced ? List.copyOf(told.image().brokers().values()) : told.list();
    }
}
