package io.millrace.gateway.kafka.configs;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The configs of a broker under Kafka's names: what this gateway, which is the broker to its clients, knows of it and of
 * itself. {@link BrokerConfigCatalogue} says what each of them is.
 */
public final class BrokerConfigs {
    private final DoorSettings door;
    private final BrokerApi brokers;
    private final AdvertisedAddresses addresses;

    public BrokerConfigs(DoorSettings door, BrokerApi brokers, AdvertisedAddresses addresses) {
        this.door = door;
        this.brokers = brokers;
        this.addresses = addresses;
    }

    /** Those of a broker as a client of that listener sees it, sorted by name. */
    public CompletableFuture<List<ConfigEntry>> of(BrokerImage broker, String listener) {
        Endpoint address = addresses.of(listener).of(broker);
        return brokers.logDirectories().thenApply(directories -> entries(broker, address, directories));
    }

    private List<ConfigEntry> entries(BrokerImage broker, Endpoint address, List<LogDirectoryStatus> directories) {
        BrokerFacts facts = new BrokerFacts(broker, address, directoriesOf(broker, directories), door);
        List<ConfigEntry> entries = new ArrayList<>(BrokerConfigCatalogue.topicDefaults());
        BrokerConfigCatalogue.served().forEach(served -> entries.add(served.entry(facts)));
        entries.sort(Comparator.comparing(ConfigEntry::name));
        return entries;
    }

    private static String directoriesOf(BrokerImage broker, List<LogDirectoryStatus> directories) {
        return directories.stream()
                .filter(directory -> directory.brokerId() == broker.brokerId())
                .map(LogDirectoryStatus::path)
                .collect(Collectors.joining(","));
    }
}
