package io.millrace.gateway.remote;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where those are who read through this gateway.
 *
 * @param rack of the gateway, if it was said
 * @param broker that shares a process with the gateway, if one does
 */
public record ReaderPlace(Optional<String> rack, OptionalInt broker) {
    /** Every replica is as far from them as any other. */
    public static final ReaderPlace UNKNOWN = new ReaderPlace(Optional.empty(), OptionalInt.empty());

    boolean isKnown() {
        return rack.isPresent() || broker.isPresent();
    }

    boolean isAt(int brokerId) {
        return broker.isPresent() && broker.getAsInt() == brokerId;
    }
}
