package io.millrace.controller.control;

import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.Endpoint;
import java.util.Optional;

/** What is wrong with a registration, whoever is registered already. */
final class RegistrationCheck {
    /** Endpoints that a broker may name. */
    private static final int ENDPOINTS_MAX = 16;

    /** Log directories that a broker may list. */
    private static final int DIRECTORIES_MAX = 256;

    /** Longest host, listener or rack in characters; a name in the DNS has at most 253. */
    private static final int NAME_LENGTH_MAX = 255;

    private static final int PORT_MAX = 65_535;

    private RegistrationCheck() {}

    static Optional<Refusal> problemOf(BrokerRegistration registration, String clusterId) {
        if (registration.brokerId() < 0) {
            return invalid("A broker id is 0 or more, not " + registration.brokerId() + ".");
        }
        String claimed = registration.clusterId();
        if (claimed != null && !claimed.equals(clusterId)) {
            return Optional.of(new Refusal.RegistrationRefused("The directories of broker " + registration.brokerId()
                    + " belong to cluster " + shown(claimed) + "; this is cluster " + clusterId + "."));
        }
        String rack = registration.rack();
        if (rack != null && rack.length() > NAME_LENGTH_MAX) {
            return invalid(
                    "The name of a rack has at most " + NAME_LENGTH_MAX + " characters, not " + rack.length() + ".");
        }
        if (registration.endpoints().size() > ENDPOINTS_MAX) {
            return invalid("A broker has at most " + ENDPOINTS_MAX + " endpoints, not "
                    + registration.endpoints().size() + ".");
        }
        if (registration.directoryIds().size() > DIRECTORIES_MAX) {
            return invalid("A broker has at most " + DIRECTORIES_MAX + " log directories, not "
                    + registration.directoryIds().size() + ".");
        }
        return registration.endpoints().stream()
                .flatMap(endpoint -> problemOf(endpoint).stream())
                .findFirst();
    }

    private static Optional<Refusal> problemOf(Endpoint endpoint) {
        if (endpoint.port() < 0 || endpoint.port() > PORT_MAX) {
            return invalid("A port is 0 to " + PORT_MAX + ", not " + endpoint.port() + ".");
        }
        if (endpoint.host().length() > NAME_LENGTH_MAX || endpoint.listener().length() > NAME_LENGTH_MAX) {
            return invalid(
                    "The host and the listener of an endpoint have at most " + NAME_LENGTH_MAX + " characters each.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> invalid(String message) {
        return Optional.of(new Refusal.InvalidRequest(message));
    }

    private static String shown(String clusterId) {
        return clusterId.length() <= NAME_LENGTH_MAX ? clusterId : clusterId.substring(0, NAME_LENGTH_MAX) + "...";
    }
}
