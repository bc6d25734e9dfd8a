package io.millrace.gateway.kafka.address;

/** What each listener advertises: clients inside and outside of a network need other names. */
public interface AdvertisedAddresses {
    /** Where clients that came in through that listener find brokers. */
    BrokerAddresses of(String listener);
}
