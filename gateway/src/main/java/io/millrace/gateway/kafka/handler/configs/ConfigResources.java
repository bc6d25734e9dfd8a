package io.millrace.gateway.kafka.handler.configs;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigResource;

/** What has configs, as the protocol names it. */
final class ConfigResources {
    private ConfigResources() {}

    static boolean isTopic(byte type) {
        return type == ConfigResource.Type.TOPIC.id();
    }

    static boolean isBroker(byte type) {
        return type == ConfigResource.Type.BROKER.id();
    }

    /** The name of what stands for every broker that has no configs of its own. */
    static boolean isEveryBroker(String name) {
        return name.isEmpty();
    }

    static Optional<Integer> brokerIdOf(String name) {
        try {
            return Optional.of(Integer.parseInt(name));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** What is wrong with asking for configs of anything but topics and brokers. */
    static String noConfigsOf(byte type) {
        return "There are configs of topics and of brokers, none of " + ConfigResource.Type.forId(type) + " (" + type
                + ").";
    }
}
