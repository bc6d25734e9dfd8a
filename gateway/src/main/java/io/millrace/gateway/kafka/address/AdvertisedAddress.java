package io.millrace.gateway.kafka.address;

/**
 * Where clients of one listener find the gateways of each broker: all behind one address, or each behind one of its own.
 *
 * @param host a name or address; {@code {broker}} in it stands for the broker's id
 * @param port of broker 0, or of all
 * @param portPerBroker whether broker N is at port + N
 */
public record AdvertisedAddress(String host, int port, boolean portPerBroker) {
    private static final String BROKER = "{broker}";
    private static final String PORT_PER_BROKER = "+" + BROKER;
    private static final int PORT_MAX = 65_535;

    public AdvertisedAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("An advertised address needs a host.");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("An advertised port is from 1 to " + PORT_MAX + ", not " + port + ".");
        }
    }

    /**
     * Reads {@code host:port}, {@code kafka-{broker}.example.com:9092} or {@code host:9092+{broker}}; throws
     * IllegalArgumentException with what is wrong.
     */
    public static AdvertisedAddress parse(String text) {
        boolean portPerBroker = text.endsWith(PORT_PER_BROKER);
        String address = portPerBroker ? text.substring(0, text.length() - PORT_PER_BROKER.length()) : text;
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is no address: it should be host:port.");
        }
        try {
            String host = address.substring(0, colon);
            return new AdvertisedAddress(host, Integer.parseInt(address.substring(colon + 1)), portPerBroker);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no address: its port is no number.", e);
        }
    }

    /** The host of that broker. */
    public String hostOf(int brokerId) {
        return host.replace(BROKER, Integer.toString(brokerId));
    }

    /** The port of that broker. */
    public int portOf(int brokerId) {
        return portPerBroker ? port + brokerId : port;
    }
}
