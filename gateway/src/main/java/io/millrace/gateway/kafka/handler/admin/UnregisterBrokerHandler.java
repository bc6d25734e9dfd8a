package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** UnregisterBroker (KIP-631): forgets a broker. Unlike in Kafka, one that has replicas is kept: they would never be repaired. */
final class UnregisterBrokerHandler implements ApiHandler<UnregisterBrokerRequestData> {
    private final ControllerApi controller;

    UnregisterBrokerHandler(ControllerApi controller) {
        this.controller = controller;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.UNREGISTER_BROKER, 0, 0);
    }

    @Override
    public void handle(UnregisterBrokerRequestData request, Call call) {
        call.replyWhen(
                controller.unregisterBroker(request.brokerId()),
                outcome -> call.reply(
                        switch (outcome) {
                            case Outcome.Done<Integer> done -> new UnregisterBrokerResponseData();
                            case Outcome.Refused<Integer>(Refusal refusal) ->
                                new UnregisterBrokerResponseData()
                                        .setErrorCode(ProtocolErrors.of(refusal).code())
                                        .setErrorMessage(refusal.message());
                        }));
    }
}
