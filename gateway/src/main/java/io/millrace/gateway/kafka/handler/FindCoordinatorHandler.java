package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * FindCoordinator. Behind every broker's address is a gateway that finds the coordinator itself, so any broker will do; the key
 * decides which, so that the clients of one group or transaction share a connection's order.
 */
final class FindCoordinatorHandler implements ApiHandler<FindCoordinatorRequestData> {
    private static final short MANY_KEYS = 4;
    private static final byte TRANSACTION = 1;
    private static final byte LAST_TYPE = 1;

    private final MetadataView view;
    private final AdvertisedAddresses addresses;

    FindCoordinatorHandler(MetadataView view, AdvertisedAddresses addresses) {
        this.view = view;
        this.addresses = addresses;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.FIND_COORDINATOR, 0, 6);
    }

    @Override
    public void handle(FindCoordinatorRequestData request, Call call) {
        List<String> keys = call.version() >= MANY_KEYS ? request.coordinatorKeys() : List.of(request.key());
        List<Coordinator> found =
                keys.stream().map(key -> find(key, request.keyType(), call)).toList();
        FindCoordinatorResponseData response = new FindCoordinatorResponseData();
        if (call.version() >= MANY_KEYS) {
            call.reply(response.setCoordinators(found));
            return;
        }
        Coordinator only = found.getFirst();
        call.reply(response.setErrorCode(only.errorCode())
                .setErrorMessage(only.errorMessage())
                .setNodeId(only.nodeId())
                .setHost(only.host())
                .setPort(only.port()));
    }

    private Coordinator find(String key, byte type, Call call) {
        Coordinator answer =
                new Coordinator().setKey(key).setNodeId(-1).setHost("").setPort(-1);
        ToldBrokers told =
                ToldBrokers.of(view.image(), addresses.of(call.client().listener()), call.client());
        List<BrokerImage> live = told.list();
        if (type < 0 || type > LAST_TYPE) {
            return answer.setErrorCode(Errors.INVALID_REQUEST.code())
                    .setErrorMessage("Coordinators are of groups (0) or of transactions (" + TRANSACTION + ").");
        }
        if (live.isEmpty()) {
            return answer.setErrorCode(Errors.COORDINATOR_NOT_AVAILABLE.code());
        }
        BrokerImage chosen = live.get(Math.floorMod(key.hashCode(), live.size()));
        Endpoint address = told.addressOf(chosen);
        return answer.setErrorCode(Errors.NONE.code())
                .setNodeId(chosen.brokerId())
                .setHost(address.host())
                .setPort(address.port());
    }
}
