package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.gateway.routing.ProducerIds;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * InitProducerId for idempotent producers (KIP-98). One that asks again because its sequences are in doubt gets a new id (KIP-360
 * allows that): nobody then has to know which epoch the old one is at.
 */
final class InitProducerIdHandler implements ApiHandler<InitProducerIdRequestData> {
    private static final int NOBODY = -1;

    private final ProducerIds ids;

    InitProducerIdHandler(ProducerIds ids) {
        this.ids = ids;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.INIT_PRODUCER_ID, 0, 5);
    }

    @Override
    public void handle(InitProducerIdRequestData request, Call call) {
        if (request.transactionalId() != null) {
            Errors error = request.transactionalId().isEmpty()
                    ? Errors.INVALID_REQUEST
                    : Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
            call.reply(refused(error));
            return;
        }
        call.replyWhen(
                ids.next(),
                outcome -> call.reply(
                        switch (outcome) {
                            case Outcome.Done<Long>(Long id) ->
                                new InitProducerIdResponseData()
                                        .setProducerId(id)
                                        .setProducerEpoch((short) 0);
                            case Outcome.Refused<Long>(Refusal refusal) ->
                                refused(
                                        refusal instanceof Refusal.ControllerNotAvailable
                                                ? Errors.COORDINATOR_LOAD_IN_PROGRESS
                                                : ProtocolErrors.of(refusal));
                        }));
    }

    private static InitProducerIdResponseData refused(Errors error) {
        return new InitProducerIdResponseData()
                .setErrorCode(error.code())
                .setProducerId(NOBODY)
                .setProducerEpoch((short) NOBODY);
    }
}
