package io.millrace.gateway.kafka.handler.admin;

import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import java.util.List;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData.UpdatableFeatureResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** UpdateFeatures (KIP-584). There are no features with levels here: ApiVersions tells of none, and none can be raised. */
final class UpdateFeaturesHandler implements ApiHandler<UpdateFeaturesRequestData> {
    private static final short ONE_ERROR_FOR_ALL = 2;

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.UPDATE_FEATURES, 0, 2);
    }

    @Override
    public void handle(UpdateFeaturesRequestData request, Call call) {
        UpdateFeaturesResponseData response = new UpdateFeaturesResponseData();
        List<FeatureUpdateKey> updates = List.copyOf(request.featureUpdates());
        if (call.version() >= ONE_ERROR_FOR_ALL && !updates.isEmpty()) {
            response.setErrorCode(Errors.INVALID_UPDATE_VERSION.code()).setErrorMessage(messageOf(updates.getFirst()));
        }
        if (call.version() < ONE_ERROR_FOR_ALL) {
            updates.forEach(update -> response.results()
                    .add(new UpdatableFeatureResult()
                            .setFeature(update.feature())
                            .setErrorCode(Errors.INVALID_UPDATE_VERSION.code())
                            .setErrorMessage(messageOf(update))));
        }
        call.reply(response);
    }

    private static String messageOf(FeatureUpdateKey update) {
        return "This cluster has no feature '" + update.feature() + "': no features have levels here.";
    }
}
