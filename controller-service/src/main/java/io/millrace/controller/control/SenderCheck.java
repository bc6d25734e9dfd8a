package io.millrace.controller.control;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import java.util.Optional;

/** Whether a request comes from the broker that it names, in its latest start. */
final class SenderCheck {
    private SenderCheck() {}

    static Optional<Refusal> problemOf(ClusterImage image, int brokerId, long brokerEpoch) {
        BrokerImage broker = image.brokers().get(brokerId);
        if (broker == null) {
            return Optional.of(new Refusal.UnknownBroker(brokerId));
        }
        return broker.brokerEpoch() == brokerEpoch
                ? Optional.empty()
                : Optional.of(new Refusal.StaleEpoch("Broker " + brokerId + " is registered with epoch "
                        + broker.brokerEpoch() + "; this request carries " + brokerEpoch + "."));
    }
}
